// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The LSTM of one direction, as TFLite's operators have one or two of it: the gates' weights, of which the format has a
// tensor each, become those of the graph's operator.

#include "tmc/frontend/tflite/recurrent.hpp"

namespace tmc::frontend::tflite {

// Where its tensors are among the operator's inputs: from `first` on those of its gates, in this order: input, forget,
// cell, output; peepholes have no cell.
struct LstmOperands {
  size_t first;
  size_t state;  // of the output, then of the cell
  std::optional<size_t> layer_norm = std::nullopt;

  size_t weights() const { return first; }
  size_t recurrent_weights() const { return first + 4; }
  size_t peepholes() const { return first + 8; }
  size_t biases() const { return first + 11; }
  size_t projection() const { return first + 15; }
  size_t output_state() const { return state; }
  size_t cell_state() const { return state + 1; }
};

// Where the gates of the graph's operators, i, o, f and c, are among those; and of peepholes i, o and f.
inline constexpr size_t kGatesOfOurs[] = {0, 3, 1, 2};
inline constexpr size_t kPeepholesOfOurs[] = {0, 2, 1};
// Every layer has tensors of this gate for whatever it has at all.
inline constexpr size_t kForgetGate = 1;
// Among the tensors that lie within an int8 layer, the one that says the scale of its output before a projection.
inline constexpr size_t kHiddenIntermediate = 4;

// What a layer has beside its weights; a coupled input gate is what the forget gate leaves.
struct LstmForm {
  bool is_coupled, has_peepholes, is_normalized, is_projected;
};
LstmForm lstm_form(const ImportContext& context, const LstmOperands& operands);

// Of an operator with one direction.
inline constexpr LstmOperands kLstmOperands = {.first = 1, .state = 18, .layer_norm = 20};

struct LstmOptions {
  schema::ActivationFunctionType activation;
  float cell_clip;
  float proj_clip;
  bool asymmetric_quantize_inputs;
  bool batch_by_batch = false;  // a whole sequence of an item before the next item
};

// From those of the operator.
template <typename Options>
LstmOptions lstm_options(const Options& options) {
  return {options.fused_activation_function(), options.cell_clip(), options.proj_clip(),
          options.asymmetric_quantize_inputs()};
}

// The states after every step, [time, 1, batch, hidden], of x [time, batch, inputs]; the variables are written.
Result<ir::ValueId> import_lstm_direction(ImportContext& context, const LstmOperands& operands,
                                          const LstmOptions& options, ir::ValueId x, const Direction& direction);

}  // namespace tmc::frontend::tflite
