// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm.hpp"

#include "tmc/frontend/tflite/lstm_basic.hpp"

namespace tmc::frontend::tflite {

// One step.
Status import_lstm(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::LSTMOptions>());
  if (options->kernel_type() == schema::LSTMKernelType::BASIC) return import_basic_lstm(context);
  if (options->kernel_type() != schema::LSTMKernelType::FULL) {
    return error(Error::kMalformed, "it is of a kind of number {}", static_cast<int>(options->kernel_type()));
  }
  TMC_ASSIGN(const ir::ValueId x, as_one_step(context));
  if (context.type(x).dtype == DType::kI16) {
    return error(Error::kUnsupportedType, "its input is int16, of which TensorFlow Lite Micro computes sequences alone")
        .with_hint("export it as UNIDIRECTIONAL_SEQUENCE_LSTM, or quantise it to int8");
  }
  TMC_ASSIGN(const ir::ValueId states,
             import_lstm_direction(context, kLstmOperands, lstm_options(*options), x, kOnlyDirection));
  return finish_one_step(context, states);
}

}  // namespace tmc::frontend::tflite
