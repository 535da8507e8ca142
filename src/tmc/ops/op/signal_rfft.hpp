// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalRfft {
  static constexpr const char* kName = "signal_rfft";
  static constexpr const char* kDoc =
      "The spectrum of frames i16 [.., n], filled up with zeros to `length` points, a power of two: i16 [.., length + "
      "2], real and imaginary parts of the bins 0 to length / 2 side by side, divided by length.";

  static constexpr int32_t kLeast = 4, kMost = 1 << 16;  // points

  int32_t length = 512;

  static constexpr auto fields() { return std::tuple{Field{"length", &SignalRfft::length}}; }

  static Inferred infer(const SignalRfft& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(check_operand_dtype(in, 0, DType::kI16));
    if (op.length < kLeast || op.length > kMost || (op.length & (op.length - 1)) != 0) {
      return error(Error::kUnsupportedShape, "a transform of {} points, not a power of two from {} to {}", op.length,
                   kLeast, kMost);
    }
    Shape shape = in[0].shape;
    if (shape.rank() < 1 || shape.back() > op.length) {
      return error(Error::kUnsupportedShape, "a frame is longer than the transform of {} points", op.length);
    }
    shape[shape.rank() - 1] = op.length + 2;
    return std::vector<TensorType>{{DType::kI16, shape}};
  }
};

}  // namespace tmc::ops
