// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalScale {
  static constexpr const char* kName = "signal_scale";
  static constexpr const char* kDoc =
      "Elements i16 shifted left by the bits of the second operand, i32 of one element.";

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const SignalScale& /*op*/, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    TMC_TRY(check_operand_dtype(in, 0, DType::kI16));
    TMC_TRY(check_scale_bits(in, 1));
    return std::vector<TensorType>{in[0]};
  }
};

}  // namespace tmc::ops
