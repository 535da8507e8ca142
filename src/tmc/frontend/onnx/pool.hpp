// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The pools over images [n, c, h, w].

#include "tmc/frontend/onnx/window.hpp"

namespace tmc::frontend::onnx_format {

// Sets the window of an AveragePool2d or MaxPool2d.
template <typename Op>
Status set_pool(ImportContext& context, Op& op) {
  TMC_ASSIGN(const ImageWindow window, read_window(context, 0, 0));
  set_window(op, window);
  op.kernel_h = window.rows.kernel;
  op.kernel_w = window.columns.kernel;
  return {};
}

// A pool whose window is the image.
template <typename Op>
Status import_global_pool(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId image, input_image(context));
  const Shape& shape = context.type(image).shape;
  Op op;
  op.layout = ops::Layout::kNchw;
  op.kernel_h = op.stride_h = static_cast<int32_t>(shape[2]);
  op.kernel_w = op.stride_w = static_cast<int32_t>(shape[3]);
  return finish_image(context, op, {image});
}

}  // namespace tmc::frontend::onnx_format
