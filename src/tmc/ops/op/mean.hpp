// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Mean {
  static constexpr const char* kName = "mean";
  static constexpr const char* kDoc =
      "Mean over axes. Input: [d0, d1, ...]. Output: the same with the axes of extent 1 (keep_dims) or left "
      "out.";

  std::vector<int64_t> axes;
  bool keep_dims = false;

  static constexpr auto fields() {
    return std::tuple{Field{"axes", &Mean::axes}, Field{"keep_dims", &Mean::keep_dims}};
  }

  static Inferred infer(const Mean& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    const Shape& shape = in[0].shape;
    bool reduced[Shape::kMaxRank] = {};
    for (const int64_t axis : op.axes) {
      TMC_ASSIGN(const int normal, normalize_axis(axis, shape.rank()));
      reduced[normal] = true;
    }
    Shape out;
    for (int axis = 0; axis < shape.rank(); ++axis) {
      if (!reduced[axis])
        out.push_back(shape[axis]);
      else if (op.keep_dims)
        out.push_back(1);
    }
    return std::vector<TensorType>{{in[0].dtype, out}};
  }
};

}  // namespace tmc::ops
