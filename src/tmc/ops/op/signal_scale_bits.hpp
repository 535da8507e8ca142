// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalScaleBits {
  static constexpr const char* kName = "signal_scale_bits";
  static constexpr const char* kDoc =
      "By how many bits i16 [n] can be shifted left until the largest magnitude fills 15, as i32 []; 0 for silence.";

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const SignalScaleBits& /*op*/, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(check_operand_dtype(in, 0, DType::kI16));
    return std::vector<TensorType>{{DType::kI32, Shape()}};
  }
};

}  // namespace tmc::ops
