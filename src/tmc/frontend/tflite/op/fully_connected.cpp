// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/options.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::tflite {

Status import_fully_connected(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::FullyConnectedOptions>());
  if (options->weights_format() != schema::FullyConnectedOptionsWeightsFormat::DEFAULT) {
    return error(Error::kUnsupportedType, "its weights are shuffled");
  }
  ops::FullyConnected op;
  TMC_ASSIGN(op.activation, context.fused(options->fused_activation_function()));
  op.asymmetric_quantize_inputs = options->asymmetric_quantize_inputs();
  TMC_ASSIGN(ir::ValueId input, context.input(0));
  TMC_ASSIGN(const ir::ValueId weights, context.input(1));
  TMC_ASSIGN(const ir::ValueId bias, context.bias(2));
  const Shape& shape = context.type(input).shape;
  const Shape& matrix = context.type(weights).shape;
  // Without keep_num_dims the input is a matrix of rows as long as the weights', whatever its shape.
  if (!options->keep_num_dims() && matrix.rank() == 2 && (shape.rank() != 2 || shape[1] != matrix[1])) {
    TMC_ASSIGN(input, context.append("_rows", ops::Reshape{{-1, matrix[1]}}, {input}, context.quantization(input)));
  }
  return context.finish(op, {input, weights, bias});
}

}  // namespace tmc::frontend::tflite
