// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalEnergy {
  static constexpr const char* kName = "signal_energy";
  static constexpr const char* kDoc =
      "The squared magnitudes u32 [bins] of a spectrum i16 [2 * bins], real and imaginary parts side by side, of bins "
      "from `start` on and before `end`; zeros elsewhere.";

  int32_t start = 0;
  int32_t end = 0;

  static constexpr auto fields() {
    return std::tuple{Field{"start", &SignalEnergy::start}, Field{"end", &SignalEnergy::end}};
  }

  static Inferred infer(const SignalEnergy& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(check_vector(in, 0, DType::kI16));
    const int64_t bins = in[0].shape[0] / 2;
    if (in[0].shape[0] != 2 * bins) return error(Error::kUnsupportedShape, "its spectrum has half a bin at the end");
    TMC_TRY(check_attribute("end", op.end, 0, bins));
    TMC_TRY(check_attribute("start", op.start, 0, op.end));
    return std::vector<TensorType>{{DType::kU32, Shape::of(bins)}};
  }
};

}  // namespace tmc::ops
