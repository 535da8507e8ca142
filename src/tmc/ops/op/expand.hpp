// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Expand {
  static constexpr const char* kName = "expand";
  static constexpr const char* kDoc = "The elements repeated along axes of extent 1, and along new ones in front.";
  static constexpr const char* kTflite = "broadcast_to";

  std::vector<int64_t> shape;  // of the result

  static constexpr auto fields() { return std::tuple{Field{"shape", &Expand::shape, {.tflite_input = 1}}}; }

  static Result<IndexMap> map(const Expand& op, const InferInputs& in) {
    const Shape& shape = in[0].shape;
    Shape wanted;
    std::vector<StridedAxis> axes;
    for (const int64_t extent : op.shape) {
      if (extent < 0) return error(Error::kUnsupportedShape, "it asks for the extent {}", extent);
      if (!wanted.push_back(extent)) return error(Error::kUnsupportedShape, "it asks for the rank {}", op.shape.size());
    }
    TMC_ASSIGN(const Shape out, broadcast(shape, wanted));
    if (out != wanted) return error(Error::kMalformed, "the input does not broadcast to its shape");
    for (int axis = 0; axis < out.rank(); ++axis) {
      const int from = axis - (out.rank() - shape.rank());
      const bool repeats = from < 0 || shape[from] == 1;
      axes.push_back({out[axis], repeats ? 0 : shape.elements(from + 1, shape.rank())});
    }
    return read_in_order(out, axes);
  }
};

}  // namespace tmc::ops
