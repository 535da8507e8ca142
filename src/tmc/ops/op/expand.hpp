// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Expand {
  static constexpr const char* kName = "expand";
  static constexpr const char* kDoc = "The elements repeated along axes of extent 1, and along new ones in front.";

  std::vector<int64_t> shape;  // of the result

  static constexpr auto fields() { return std::tuple{Field{"shape", &Expand::shape}}; }

  static Inferred infer(const Expand& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    Shape wanted;
    for (const int64_t extent : op.shape) {
      if (extent < 1) return error(Error::kUnsupportedShape, "it asks for the extent {}", extent);
      if (!wanted.push_back(extent)) return error(Error::kUnsupportedShape, "it asks for the rank {}", op.shape.size());
    }
    TMC_ASSIGN(const Shape shape, broadcast(in[0].shape, wanted));
    if (shape != wanted) return error(Error::kMalformed, "the input does not broadcast to its shape");
    return std::vector<TensorType>{{in[0].dtype, shape}};
  }
};

}  // namespace tmc::ops
