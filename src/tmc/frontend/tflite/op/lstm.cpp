// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm.hpp"

namespace tmc::frontend::tflite {

// One step.
Status import_lstm(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::LSTMOptions>());
  if (options->kernel_type() != schema::LSTMKernelType::FULL) {
    return error(Error::kUnsupportedOp, "it is of the basic kind, whose gates share one matrix")
        .with_hint("export it with the full kind, or as UNIDIRECTIONAL_SEQUENCE_LSTM");
  }
  TMC_ASSIGN(const ir::ValueId x, as_one_step(context));
  TMC_ASSIGN(const ir::ValueId states,
             import_lstm_direction(context, kLstmOperands, {options->fused_activation_function(), options->cell_clip()},
                                   x, kOnlyDirection));
  return finish_one_step(context, states);
}

}  // namespace tmc::frontend::tflite
