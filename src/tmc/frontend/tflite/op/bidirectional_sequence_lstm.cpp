// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm.hpp"

namespace tmc::frontend::tflite {

Status import_bidirectional_sequence_lstm(ImportContext& context) {
  constexpr LstmOperands kForwardOperands = {.first = 1, .state = 35};
  constexpr LstmOperands kBackwardOperands = {.first = 18, .state = 37};
  constexpr size_t kAuxiliaryInput = 39;
  TMC_ASSIGN(const auto* options, context.options<schema::BidirectionalSequenceLSTMOptions>());
  TMC_TRY(refuse_auxiliary_input(context, kAuxiliaryInput));
  TMC_ASSIGN(const ir::ValueId x, time_first(context, 0, options->time_major()));
  if (context.type(x).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "its input is {}: LiteRT computes a layer of both directions in float alone",
                 dtype_name(context.type(x).dtype))
        .with_hint("keep this layer in float, or export two layers of one direction");
  }
  const LstmOptions of_both = lstm_options(*options);
  TMC_ASSIGN(const ir::ValueId forward, import_lstm_direction(context, kForwardOperands, of_both, x, kForward));
  TMC_ASSIGN(const ir::ValueId backward, import_lstm_direction(context, kBackwardOperands, of_both, x, kBackward));
  return finish_states(context, {{kForward, forward}, {kBackward, backward}}, options->time_major(),
                       options->merge_outputs());
}

}  // namespace tmc::frontend::tflite
