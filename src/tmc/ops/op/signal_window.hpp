// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/signal.hpp"

namespace tmc::ops {

struct SignalWindow {
  static constexpr const char* kName = "signal_window";
  static constexpr const char* kDoc =
      "Frames i16 [.., n] times a window i16 [n], of which the lowest `shift` bits are dropped; saturates.";

  int32_t shift = 0;

  static constexpr auto fields() { return std::tuple{Field{"shift", &SignalWindow::shift}}; }

  static Inferred infer(const SignalWindow& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    TMC_TRY(check_operand_dtype(in, 0, DType::kI16));
    TMC_TRY(check_vector(in, 1, DType::kI16));
    TMC_TRY(check_attribute("shift", op.shift, 0, 31));
    if (in[0].shape.rank() < 1 || in[0].shape.back() != in[1].shape[0]) {
      return error(Error::kUnsupportedShape, "a window of {} for frames of another length", in[1].shape[0]);
    }
    return std::vector<TensorType>{in[0]};
  }
};

}  // namespace tmc::ops
