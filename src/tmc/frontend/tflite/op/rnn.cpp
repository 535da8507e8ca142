// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/rnn.hpp"

#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::tflite {

// One step.
Status import_rnn(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::RNNOptions>());
  TMC_ASSIGN(const ir::ValueId row, context.input(0));
  const Shape shape = context.type(row).shape;
  if (shape.rank() != 2) return error(Error::kUnsupportedShape, "its input has rank {}, expected 2", shape.rank());
  TMC_ASSIGN(const ir::ValueId x,
             context.append("_step", ops::Reshape{{1, shape[0], shape[1]}}, {row}, context.quantization(row)));
  TMC_ASSIGN(const ir::ValueId states,
             import_rnn_direction(context, 1, options->fused_activation_function(), x, kOnlyDirection));
  const Shape of_states = context.type(states).shape;
  return context.finish(ops::Reshape{{of_states[2], of_states[3]}}, {states});
}

}  // namespace tmc::frontend::tflite
