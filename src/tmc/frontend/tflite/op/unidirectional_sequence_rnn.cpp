// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/rnn.hpp"

namespace tmc::frontend::tflite {

Status import_unidirectional_sequence_rnn(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::SequenceRNNOptions>());
  TMC_ASSIGN(const ir::ValueId x, time_first(context, 0, options->time_major()));
  TMC_ASSIGN(const ir::ValueId states, import_rnn_direction(context, 1, rnn_options(*options), x, kOnlyDirection));
  return finish_states(context, {{kOnlyDirection, states}}, options->time_major(), false);
}

}  // namespace tmc::frontend::tflite
