// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct TopK {
  static constexpr const char* kName = "top_k";
  static constexpr const char* kDoc =
      "Where the k greatest elements along an axis stand, the first of them first, as indices i64; without `largest` "
      "the "
      "least. Of equal ones those before come first; NaN counts as greater than every number.";

  int32_t axis = -1;
  int64_t k = 1;
  bool largest = true;

  static constexpr auto fields() {
    return std::tuple{Field{"axis", &TopK::axis}, Field{"k", &TopK::k}, Field{"largest", &TopK::largest}};
  }

  static Inferred infer(const TopK& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    Shape shape = in[0].shape;
    TMC_ASSIGN(const int axis, normalize_axis(op.axis, shape.rank()));
    if (op.k < 1 || op.k > shape[axis]) {
      return error(Error::kMalformed, "{} elements of an axis of extent {}", op.k, shape[axis]);
    }
    shape[axis] = op.k;
    return std::vector<TensorType>{{DType::kI64, shape}};
  }
};

}  // namespace tmc::ops
