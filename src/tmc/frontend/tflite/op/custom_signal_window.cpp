// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/signal_window.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_window(ImportContext& context) {
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const int32_t shift, options.integer("shift"));
  TMC_ASSIGN(const ir::ValueId frames, context.input(0));
  TMC_ASSIGN(const ir::ValueId window, context.input(1));
  return context.finish(ops::SignalWindow{shift}, {frames, window});
}

}  // namespace tmc::frontend::tflite
