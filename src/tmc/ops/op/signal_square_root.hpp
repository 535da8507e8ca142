// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalSquareRoot {
  static constexpr const char* kName = "signal_square_root";
  static constexpr const char* kDoc =
      "Square roots u32 of u64, rounded, then shifted right by the bits of the second operand, i32 of one element.";

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const SignalSquareRoot& /*op*/, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    TMC_TRY(check_operand_dtype(in, 0, DType::kU64));
    TMC_TRY(check_scale_bits(in, 1));
    return std::vector<TensorType>{{DType::kU32, in[0].shape}};
  }
};

}  // namespace tmc::ops
