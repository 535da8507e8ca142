// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// LSTM of the basic kind: one step, whose gates share one matrix that input and state meet side by side.

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// Inputs: x [batch, inputs], state of the output [batch, units], weights [4 * units, inputs + units] with the gates i,
// c, f and o, bias [4 * units], state of the cell [batch, units]. Outputs: both states after the step, input and state
// side by side, and the sums of the gates. kUnsupportedType where it is not float.
Status import_basic_lstm(ImportContext& context);

}  // namespace tmc::frontend::tflite
