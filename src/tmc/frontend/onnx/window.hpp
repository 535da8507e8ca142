// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// kernel_shape, strides, dilations, pads and auto_pad of Conv and the pools, for images [n, c, h, w].

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

struct WindowAxis {
  int32_t kernel = 1, stride = 1, dilation = 1, pad_before = 0, pad_after = 0;
};

struct ImageWindow {
  WindowAxis rows, columns;
};

// `kernel`: extents of the weights, or zeros where the node states them. Handles ceil_mode by padding at the end.
// kUnsupportedShape for other ranks than 4.
Result<ImageWindow> read_window(const Attributes& attributes, const Shape& image, int64_t kernel_h, int64_t kernel_w);

template <typename Op>
void set_window(Op& op, const ImageWindow& window) {
  op.stride_h = window.rows.stride;
  op.stride_w = window.columns.stride;
  op.pad_top = window.rows.pad_before;
  op.pad_left = window.columns.pad_before;
  op.pad_bottom = window.rows.pad_after;
  op.pad_right = window.columns.pad_after;
  op.layout = ops::Layout::kNchw;
}

}  // namespace tmc::frontend::onnx_format
