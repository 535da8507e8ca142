// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/transform.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_rfft(ImportContext& context) {
  TMC_ASSIGN(const int32_t length, transform_length(context));
  TMC_ASSIGN(const ir::ValueId frames, context.input(0));
  return context.finish(ops::SignalRfft{length}, {frames});
}

}  // namespace tmc::frontend::tflite
