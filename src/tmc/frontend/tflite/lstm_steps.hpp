// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The float LSTM of one direction step by step, in operators of the graph, as the format has it and the graph's
// operator does not: with a projection of its output, with layer normalisation of the sums of its gates, with weights
// of int8 that meet inputs and states which are quantised at run time, or with functions that clip.

#include "tmc/frontend/tflite/lstm.hpp"

namespace tmc::frontend::tflite {

// The states after every step, [time, 1, batch, outputs], of x [time, batch, inputs]; the variables are written.
Result<ir::ValueId> import_lstm_steps(ImportContext& context, const LstmOperands& operands, const LstmOptions& options,
                                      ir::ValueId x, const Direction& direction);

}  // namespace tmc::frontend::tflite
