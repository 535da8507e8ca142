// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/window.hpp"
#include "tmc/ops/op/conv2d.hpp"

namespace tmc::frontend::onnx_format {

Status import_conv(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId image, context.input(0));
  TMC_ASSIGN(const ir::ValueId weights, context.input(1));
  TMC_ASSIGN(const ir::ValueId bias, context.optional_input(2));
  const Shape& kernel = context.type(weights).shape;
  if (kernel.rank() != 4) {
    return error(Error::kUnsupportedShape, "its weights have rank {}; convolutions of images (rank 4) are covered",
                 kernel.rank());
  }
  TMC_ASSIGN(const ImageWindow window,
             read_window(context.attributes(), context.type(image).shape, kernel[2], kernel[3]));
  ops::Conv2d op;
  set_window(op, window);
  op.dilation_h = window.rows.dilation;
  op.dilation_w = window.columns.dilation;
  TMC_ASSIGN(op.groups, context.attributes().small_integer("group", 1));
  return context.finish(op, {image, weights, bias});
}

}  // namespace tmc::frontend::onnx_format
