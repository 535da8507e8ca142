// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The LSTM of one direction, as TFLite's operators have one or two of it: the gates' weights, of which the format has a
// tensor each, become those of the graph's operator.

#include "tmc/frontend/tflite/recurrent.hpp"

namespace tmc::frontend::tflite {

// Where its tensors are among the operator's inputs; of four gates, input, forget, cell, output, the first is said.
struct LstmOperands {
  size_t weights, recurrent_weights;
  size_t peepholes;  // of the gates but that of the cell
  size_t biases;
  size_t projection;  // its weights
  size_t output_state, cell_state;
  std::optional<size_t> layer_norm;
};

// Of an operator with one direction.
inline constexpr LstmOperands kLstmOperands = {.weights = 1,
                                               .recurrent_weights = 5,
                                               .peepholes = 9,
                                               .biases = 12,
                                               .projection = 16,
                                               .output_state = 18,
                                               .cell_state = 19,
                                               .layer_norm = 20};

struct LstmOptions {
  schema::ActivationFunctionType activation;
  float cell_clip;
};

// The states after every step, [time, 1, batch, hidden], of x [time, batch, inputs]; the variables are written.
Result<ir::ValueId> import_lstm_direction(ImportContext& context, const LstmOperands& operands,
                                          const LstmOptions& options, ir::ValueId x, const Direction& direction);

}  // namespace tmc::frontend::tflite
