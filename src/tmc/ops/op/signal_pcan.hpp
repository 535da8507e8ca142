// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalPcan {
  static constexpr const char* kName = "signal_pcan";
  static constexpr const char* kDoc =
      "Per-channel amplitude normalisation of channels u32 [n] by their noise u32 [n] (Wang et al., Trainable Frontend "
      "For Robust and Far-Field Keyword Spotting, 2017): a gain that falls with the noise, from a table i16 of "
      "parabolas, times the channel, shifted right by `snr_shift`, and compressed below 2.";

  static constexpr int64_t kTableElements = 125;  // for noise of 32 bits

  int32_t snr_shift = 0;

  static constexpr auto fields() { return std::tuple{Field{"snr_shift", &SignalPcan::snr_shift}}; }

  static Inferred infer(const SignalPcan& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 3, 3));
    TMC_TRY(check_channels(in));
    TMC_TRY(check_vector(in, 2, DType::kI16));
    TMC_TRY(check_attribute("snr_shift", op.snr_shift, 0, 63));
    if (in[2].shape[0] < kTableElements) {
      return error(Error::kUnsupportedShape, "its table of gains has {} elements, not {}", in[2].shape[0],
                   kTableElements);
    }
    return std::vector<TensorType>{in[0]};
  }
};

}  // namespace tmc::ops
