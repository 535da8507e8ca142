// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The LSTM of int8 step by step (ops/op/integer_lstm_step.hpp), where it is more than the graph's lstm: with peepholes,
// a coupled input gate, layer normalisation or a projection.

#include "tmc/frontend/tflite/lstm.hpp"

namespace tmc::frontend::tflite {

bool is_beyond_integer_operator(const ImportContext& context, const LstmOperands& operands);

// The states after every step, [time, 1, batch, outputs], of x [time, batch, inputs]; the variables are written.
Result<ir::ValueId> import_lstm_integer_steps(ImportContext& context, const LstmOperands& operands,
                                              const LstmOptions& options, ir::ValueId x, const Direction& direction);

}  // namespace tmc::frontend::tflite
