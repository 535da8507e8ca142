// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What TFLite's LSTM of int16 activations asks for. LiteRT has none; TensorFlow Lite Micro has one of a sequence
// (micro/kernels/unidirectional_sequence_lstm.cc), without what an LSTM may have beside its gates.

#include "tmc/frontend/tflite/lstm.hpp"

namespace tmc::frontend::tflite {

// kUnsupportedOp where the layer has what the kernel has not.
Status check_int16_form(const ImportContext& context, const LstmOperands& operands, const LstmOptions& options);

// Biases of the gates, int64 or int32 in the file, as the graph has them: in the scale of `input`, that of the layer's,
// times its weights', whatever scale the file says. kUnsupportedType where one is beyond 32 bits.
Result<ir::ValueId> join_int16_biases(ImportContext& context, const LstmOperands& operands, const Quantization& input,
                                      const std::string& name);

}  // namespace tmc::frontend::tflite
