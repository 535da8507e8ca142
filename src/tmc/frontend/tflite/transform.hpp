// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/signal_rfft.hpp"

namespace tmc::frontend::tflite {

// The points of a transform of int16, of which there is no other; its twiddles are taken from the budget.
inline Result<int32_t> transform_length(ImportContext& context) {
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const int32_t type, options.integer("T"));
  if (type != static_cast<int32_t>(schema::TensorType::INT16)) {
    return error(Error::kUnsupportedType, "its numbers are of the type {}, not of int16", type)
        .with_hint("export the model with a transform of int16");
  }
  TMC_ASSIGN(const int32_t length, options.integer("fft_length", ops::SignalRfft::kLeast, ops::SignalRfft::kMost));
  TMC_TRY(context.budget().take_computed({DType::kI16, Shape::of(2 * length)}));
  return length;
}

}  // namespace tmc::frontend::tflite
