// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/rnn.hpp"

namespace tmc::frontend::tflite {

Status import_bidirectional_sequence_rnn(ImportContext& context) {
  constexpr size_t kForwardFirst = 1, kBackwardFirst = 5, kAuxiliaryInput = 9;
  TMC_ASSIGN(const auto* options, context.options<schema::BidirectionalSequenceRNNOptions>());
  TMC_TRY(refuse_auxiliary_input(context, kAuxiliaryInput));
  const RnnOptions of_both = rnn_options(*options);
  TMC_ASSIGN(const ir::ValueId x, time_first(context, 0, options->time_major()));
  TMC_ASSIGN(const bool has_int8, has_int8_weights(context, kForwardFirst));
  const bool is_hybrid = has_int8 && context.type(x).dtype == DType::kF32;
  if (is_hybrid && options->time_major() && context.type(x).shape[0] > 1) {
    return error(
               Error::kUnsupportedOp,
               "it has weights of int8 and time first: LiteRT runs through such a sequence once for each of its steps")
        .with_hint("export it with the batch first, or with weights of float");
  }
  TMC_ASSIGN(const ir::ValueId forward, import_rnn_direction(context, kForwardFirst, of_both, x, kForward));
  TMC_ASSIGN(const ir::ValueId backward, import_rnn_direction(context, kBackwardFirst, of_both, x, kBackward));
  return finish_states(context, {{kForward, forward}, {kBackward, backward}}, options->time_major(),
                       options->merge_outputs());
}

}  // namespace tmc::frontend::tflite
