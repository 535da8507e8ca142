// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm.hpp"

#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::tflite {

// One step.
Status import_lstm(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::LSTMOptions>());
  if (options->kernel_type() != schema::LSTMKernelType::FULL) {
    return error(Error::kUnsupportedOp, "it is of the basic kind, whose gates share one matrix")
        .with_hint("export it with the full kind, or as UNIDIRECTIONAL_SEQUENCE_LSTM");
  }
  TMC_ASSIGN(const ir::ValueId row, context.input(0));
  const Shape shape = context.type(row).shape;
  if (shape.rank() != 2) return error(Error::kUnsupportedShape, "its input has rank {}, expected 2", shape.rank());
  TMC_ASSIGN(const ir::ValueId x,
             context.append("_step", ops::Reshape{{1, shape[0], shape[1]}}, {row}, context.quantization(row)));
  TMC_ASSIGN(const ir::ValueId states,
             import_lstm_direction(context, kLstmOperands, {options->fused_activation_function(), options->cell_clip()},
                                   x, kOnlyDirection));
  const Shape of_states = context.type(states).shape;
  return context.finish(ops::Reshape{{of_states[2], of_states[3]}}, {states});
}

}  // namespace tmc::frontend::tflite
