// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/options.hpp"
#include "tmc/ops/op/conv2d.hpp"

namespace tmc::frontend::tflite {

Status import_conv_2d(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::Conv2DOptions>());
  TMC_ASSIGN(const ir::ValueId image, context.input(0));
  TMC_ASSIGN(const ir::ValueId weights, context.input(1));
  TMC_ASSIGN(const ir::ValueId bias, context.optional_input(2));
  const Shape& kernel = context.type(weights).shape;
  if (kernel.rank() != 4) return error(Error::kUnsupportedShape, "its weights have rank {}", kernel.rank());
  ops::Conv2d op;
  op.dilation_h = options->dilation_h_factor();
  op.dilation_w = options->dilation_w_factor();
  TMC_TRY(set_window(op, *options, context.type(image).shape, kernel[1], kernel[2], op.dilation_h, op.dilation_w));
  // Grouped where the weights see fewer channels than the image has; the shape rule checks that they divide.
  op.groups = static_cast<int32_t>(context.type(image).shape[3] / kernel[3]);
  return context.finish(op, {image, weights, bias});
}

}  // namespace tmc::frontend::tflite
