// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalLog {
  static constexpr const char* kName = "signal_log";
  static constexpr const char* kDoc =
      "Natural logarithms of u32, which are shifted left by `correction_bits` before, times `output_scale`, as i16; 0 "
      "of "
      "0 and 1.";

  int32_t output_scale = 1;
  int32_t correction_bits = 0;

  static constexpr auto fields() {
    return std::tuple{Field{"output_scale", &SignalLog::output_scale},
                      Field{"correction_bits", &SignalLog::correction_bits}};
  }

  static Inferred infer(const SignalLog& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(check_operand_dtype(in, 0, DType::kU32));
    TMC_TRY(check_attribute("correction_bits", op.correction_bits, 0, 31));
    return std::vector<TensorType>{{DType::kI16, in[0].shape}};
  }
};

}  // namespace tmc::ops
