// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Concat {
  static constexpr const char* kName = "concat";
  static constexpr const char* kDoc =
      "Joins tensors along an axis. Inputs: one or more of equal rank whose other extents agree.";

  int32_t axis = 0;

  static constexpr auto fields() { return std::tuple{Field{"axis", &Concat::axis}}; }

  static Inferred infer(const Concat& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, in.size()));
    TMC_TRY(check_inputs(in, in.size(), in.size()));
    TensorType out = in[0];
    TMC_ASSIGN(const int axis, normalize_axis(op.axis, out.shape.rank()));
    for (size_t i = 1; i < in.size(); ++i) {
      Shape aligned = in[i].shape;
      if (aligned.rank() == out.shape.rank()) aligned[axis] = out.shape[axis];
      if (in[i].dtype != out.dtype || aligned != out.shape) {
        return error(Error::kMalformed, "input {} does not match the first in dtype or extents", i);
      }
      out.shape[axis] += in[i].shape[axis];
    }
    return std::vector<TensorType>{out};
  }
};

}  // namespace tmc::ops
