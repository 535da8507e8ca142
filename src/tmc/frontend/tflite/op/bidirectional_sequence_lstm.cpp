// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm.hpp"

namespace tmc::frontend::tflite {

Status import_bidirectional_sequence_lstm(ImportContext& context) {
  constexpr LstmOperands kForwardOperands = {.weights = 1,
                                             .recurrent_weights = 5,
                                             .peepholes = 9,
                                             .biases = 12,
                                             .projection = 16,
                                             .output_state = 35,
                                             .cell_state = 36,
                                             .layer_norm = std::nullopt};
  constexpr LstmOperands kBackwardOperands = {.weights = 18,
                                              .recurrent_weights = 22,
                                              .peepholes = 26,
                                              .biases = 29,
                                              .projection = 33,
                                              .output_state = 37,
                                              .cell_state = 38,
                                              .layer_norm = std::nullopt};
  constexpr size_t kAuxiliaryInput = 39;
  TMC_ASSIGN(const auto* options, context.options<schema::BidirectionalSequenceLSTMOptions>());
  if (context.has_input(kAuxiliaryInput)) {
    return error(Error::kUnsupportedOp, "it has an auxiliary input")
        .with_hint("concatenate the outputs of the layer before it, and export one input");
  }
  TMC_ASSIGN(const ir::ValueId x, time_first(context, 0, options->time_major()));
  const LstmOptions of_both = {options->fused_activation_function(), options->cell_clip()};
  TMC_ASSIGN(const ir::ValueId forward, import_lstm_direction(context, kForwardOperands, of_both, x, kForward));
  TMC_ASSIGN(const ir::ValueId backward, import_lstm_direction(context, kBackwardOperands, of_both, x, kBackward));
  return finish_states(context, {{kForward, forward}, {kBackward, backward}}, options->time_major(),
                       options->merge_outputs());
}

}  // namespace tmc::frontend::tflite
