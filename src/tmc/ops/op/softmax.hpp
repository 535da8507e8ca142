// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Softmax {
  static constexpr const char* kName = "softmax";
  static constexpr const char* kDoc =
      "exp(beta * x) over the sum of the same along an axis; with `wide` int16 of int8.";

  static constexpr double kLow = 0;
  static constexpr double kHigh = 1;

  int32_t axis = -1;
  double beta = 1;
  bool wide = false;

  static constexpr auto fields() {
    return std::tuple{Field{"axis", &Softmax::axis}, Field{"beta", &Softmax::beta}, Field{"wide", &Softmax::wide}};
  }

  static Inferred infer(const Softmax& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_ASSIGN([[maybe_unused]] const int axis, normalize_axis(op.axis, in[0].shape.rank()));
    if (!op.wide) return std::vector<TensorType>{in[0]};
    if (in[0].dtype != DType::kI8)
      return error(Error::kMalformed, "it is wide, and its input {}", dtype_name(in[0].dtype));
    return std::vector<TensorType>{{DType::kI16, in[0].shape}};
  }
};

}  // namespace tmc::ops
