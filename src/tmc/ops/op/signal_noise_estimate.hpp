// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalNoiseEstimate {
  static constexpr const char* kName = "signal_noise_estimate";
  static constexpr const char* kDoc =
      "The noise in channels u32 [n] as a low-pass over frames: `smoothing` times the channels, which get "
      "`smoothing_bits` bits behind the point, plus `kept` times the estimate of the frame before, u32 [n], both in "
      "2^-`coefficient_bits`ths. Odd channels have the coefficients odd_*. With `clamping` never above the channel.";

  int32_t smoothing = 0;
  int32_t kept = 0;
  int32_t odd_smoothing = 0;
  int32_t odd_kept = 0;
  int32_t smoothing_bits = 0;
  int32_t coefficient_bits = 0;
  bool clamping = false;

  static constexpr auto fields() {
    using Op = SignalNoiseEstimate;
    return std::tuple{Field{"smoothing", &Op::smoothing},
                      Field{"kept", &Op::kept},
                      Field{"odd_smoothing", &Op::odd_smoothing},
                      Field{"odd_kept", &Op::odd_kept},
                      Field{"smoothing_bits", &Op::smoothing_bits},
                      Field{"coefficient_bits", &Op::coefficient_bits},
                      Field{"clamping", &Op::clamping}};
  }

  static Inferred infer(const SignalNoiseEstimate& op, const InferInputs& in) {
    return infer_channels(in, op.smoothing_bits, op.coefficient_bits);
  }
};

}  // namespace tmc::ops
