// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/options.hpp"
#include "tmc/ops/op/conv2d.hpp"

namespace tmc::frontend::tflite {

// A depthwise convolution with weights [1, kernel_h, kernel_w, out_c] is one with as many groups as the image has
// channels and weights [out_c, kernel_h, kernel_w, 1].
Status import_depthwise_conv_2d(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::DepthwiseConv2DOptions>());
  TMC_ASSIGN(const ir::ValueId image, context.input(0));
  TMC_ASSIGN(const ir::ValueId weights, context.transposed_constant(1, {3, 1, 2, 0}));
  TMC_ASSIGN(const ir::ValueId bias, context.optional_input(2));
  const Shape& kernel = context.type(weights).shape;
  ops::Conv2d op;
  op.dilation_h = options->dilation_h_factor();
  op.dilation_w = options->dilation_w_factor();
  TMC_TRY(set_window(op, *options, context.type(image).shape, kernel[1], kernel[2], op.dilation_h, op.dilation_w));
  op.groups = static_cast<int32_t>(context.type(image).shape[3]);
  return context.finish(op, {image, weights, bias});
}

}  // namespace tmc::frontend::tflite
