// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/rnn.hpp"

namespace tmc::frontend::tflite {

// One step.
Status import_rnn(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::RNNOptions>());
  TMC_ASSIGN(const ir::ValueId x, as_one_step(context));
  TMC_ASSIGN(const ir::ValueId states, import_rnn_direction(context, 1, rnn_options(*options), x, kOnlyDirection));
  return finish_one_step(context, states);
}

}  // namespace tmc::frontend::tflite
