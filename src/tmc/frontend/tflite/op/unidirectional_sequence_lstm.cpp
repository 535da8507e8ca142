// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm.hpp"

namespace tmc::frontend::tflite {

Status import_unidirectional_sequence_lstm(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::UnidirectionalSequenceLSTMOptions>());
  TMC_ASSIGN(const ir::ValueId x, time_first(context, 0, options->time_major()));
  LstmOptions of_layer = lstm_options(*options);
  of_layer.batch_by_batch = !options->time_major();
  TMC_ASSIGN(const ir::ValueId states, import_lstm_direction(context, kLstmOperands, of_layer, x, kOnlyDirection));
  return finish_states(context, {{kOnlyDirection, states}}, options->time_major(), false);
}

}  // namespace tmc::frontend::tflite
