// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/transform.hpp"
#include "tmc/ops/op/signal_irfft.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_irfft(ImportContext& context) {
  TMC_ASSIGN(const int32_t length, transform_length(context));
  TMC_ASSIGN(const ir::ValueId spectra, context.input(0));
  return context.finish(ops::SignalIrfft{length}, {spectra});
}

}  // namespace tmc::frontend::tflite
