// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/op/signal_rfft.hpp"

namespace tmc::ops {

struct SignalIrfft {
  static constexpr const char* kName = "signal_irfft";
  static constexpr const char* kDoc =
      "The samples of spectra i16 [.., length + 2], real and imaginary parts of the bins 0 to length / 2 side by side: "
      "i16 [.., length], divided by length, which is a power of two.";

  int32_t length = 512;

  static constexpr auto fields() { return std::tuple{Field{"length", &SignalIrfft::length}}; }

  static Inferred infer(const SignalIrfft& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(check_operand_dtype(in, 0, DType::kI16));
    if (op.length < SignalRfft::kLeast || op.length > SignalRfft::kMost || (op.length & (op.length - 1)) != 0) {
      return error(Error::kUnsupportedShape, "a transform of {} points, not a power of two from {} to {}", op.length,
                   SignalRfft::kLeast, SignalRfft::kMost);
    }
    Shape shape = in[0].shape;
    if (shape.rank() < 1 || shape.back() != op.length + 2) {
      return error(Error::kUnsupportedShape, "a spectrum is not of {} numbers", op.length + 2);
    }
    shape[shape.rank() - 1] = op.length;
    return std::vector<TensorType>{{DType::kI16, shape}};
  }
};

}  // namespace tmc::ops
