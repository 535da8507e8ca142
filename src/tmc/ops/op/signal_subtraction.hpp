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
    return infer_channels(in, op.smoothing_bits, op.coefficient_bits);
  }
};

}  // namespace tmc::ops
