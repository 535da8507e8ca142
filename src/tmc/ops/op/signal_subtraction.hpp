// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalSubtraction {
  static constexpr const char* kName = "signal_subtraction";
  static constexpr const char* kDoc =
      "Channels u32 [n] less their noise, u32 [n] with `smoothing_bits` bits behind the point; at least `remaining` "
      "2^-`coefficient_bits`ths of the channel are left.";

  int32_t remaining = 0;
  int32_t smoothing_bits = 0;
  int32_t coefficient_bits = 0;

  static constexpr auto fields() {
    using Op = SignalSubtraction;
    return std::tuple{Field{"remaining", &Op::remaining}, Field{"smoothing_bits", &Op::smoothing_bits},
                      Field{"coefficient_bits", &Op::coefficient_bits}};
  }

  static Inferred infer(const SignalSubtraction& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    TMC_TRY(check_channels(in));
    TMC_TRY(check_attribute("smoothing_bits", op.smoothing_bits, 0, 31));
    TMC_TRY(check_attribute("coefficient_bits", op.coefficient_bits, 0, 63));
    return std::vector<TensorType>{in[0]};
  }
};

}  // namespace tmc::ops
