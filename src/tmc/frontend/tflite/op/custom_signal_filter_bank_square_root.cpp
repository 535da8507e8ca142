// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/signal_square_root.hpp"

namespace tmc::frontend::tflite {

Status import_custom_signal_filter_bank_square_root(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId channels, context.input(0));
  TMC_ASSIGN(const ir::ValueId bits, context.input(1));
  return context.finish(ops::SignalSquareRoot{}, {channels, bits});
}

}  // namespace tmc::frontend::tflite
