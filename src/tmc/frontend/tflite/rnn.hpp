// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The simple recurrent layer of one direction, as TFLite's operators have one or two of it.

#include "tmc/frontend/tflite/recurrent.hpp"

namespace tmc::frontend::tflite {

struct RnnOptions {
  schema::ActivationFunctionType activation;
  bool asymmetric_quantize_inputs;
};

// From those of the operator.
template <typename Options>
RnnOptions rnn_options(const Options& options) {
  return {options.fused_activation_function(), options.asymmetric_quantize_inputs()};
}

// The states after every step, [time, 1, batch, hidden], of x [time, batch, inputs]. From `first` on the operator's
// inputs are weights, recurrent weights, bias and the state, which is written.
Result<ir::ValueId> import_rnn_direction(ImportContext& context, size_t first, const RnnOptions& options, ir::ValueId x,
                                         const Direction& direction);

}  // namespace tmc::frontend::tflite
