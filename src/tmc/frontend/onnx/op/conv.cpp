// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/volume.hpp"
#include "tmc/frontend/onnx/weights.hpp"
#include "tmc/frontend/onnx/window.hpp"
#include "tmc/frontend/onnx/window_product.hpp"
#include "tmc/ops/op/conv2d.hpp"

namespace tmc::frontend::onnx_format {

Status import_conv(ImportContext& context) {
  TMC_ASSIGN(const Shape given, context.shape_of(0));
  if (given.rank() == 5) return import_volume_conv(context);
  TMC_ASSIGN(const ir::ValueId image, input_image(context));
  TMC_ASSIGN(ir::ValueId weights, context.input(1));
  TMC_ASSIGN(const ir::ValueId bias, context.optional_input(2));
  if (context.type(weights).shape.rank() != given.rank()) {
    return error(Error::kMalformed, "its weights have rank {}, its input {}", context.type(weights).shape.rank(),
                 given.rank());
  }
  const bool is_computed = !is_weights(context.graph(), weights);
  if (given.rank() == 3) {
    TMC_ASSIGN(weights,
               is_computed ? computed_weights_of_height_1(context, weights) : weights_of_height_1(context, weights));
  }
  const Shape& kernel = context.type(weights).shape;
  TMC_ASSIGN(const ImageWindow window, read_window(context, kernel[2], kernel[3]));
  ops::Conv2d op;
  set_window(op, window);
  op.dilation_h = window.rows.dilation;
  op.dilation_w = window.columns.dilation;
  TMC_ASSIGN(op.groups, context.attributes().small_integer("group", 1));
  if (is_computed) return finish_window_product(context, {image, weights, bias, window, op.groups});
  return finish_image(context, op, {image, weights, bias});
}

}  // namespace tmc::frontend::onnx_format
