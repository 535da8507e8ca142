// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Softmax {
  static constexpr const char* kName = "softmax";
  static constexpr const char* kDoc = "exp(beta * x) over the sum of the same along an axis.";

  static constexpr double kLow = 0;
  static constexpr double kHigh = 1;

  int32_t axis = -1;
  double beta = 1;

  static constexpr auto fields() { return std::tuple{Field{"axis", &Softmax::axis}, Field{"beta", &Softmax::beta}}; }

  static Inferred infer(const Softmax& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_ASSIGN([[maybe_unused]] const int axis, normalize_axis(op.axis, in[0].shape.rank()));
    return std::vector<TensorType>{in[0]};
  }
};

}  // namespace tmc::ops
