// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Conv and the pools: kernel_shape, strides, dilations, pads and auto_pad, for images [n, c, h, w] and for lines
// [n, c, l], which are images of height 1.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

struct WindowAxis {
  int32_t kernel = 1, stride = 1, dilation = 1, pad_before = 0, pad_after = 0;
};

struct ImageWindow {
  WindowAxis rows, columns;
};

// The node's first input as an image. kUnsupportedShape for other ranks than 3 and 4.
Result<ir::ValueId> input_image(ImportContext& context);
// Ends with `op`, which gives an image, as a line again where the node's input is one.
Status finish_image(ImportContext& context, ops::AnyOp op, std::vector<ir::ValueId> inputs);

// Along every axis of the node's input behind the channels. `kernel`: extents of the weights, or none where the node
// states them. Handles ceil_mode by padding at the end.
Result<std::vector<WindowAxis>> read_windows(ImportContext& context, const std::vector<int64_t>& kernel);
// The same of an image or a line; zeros where the node states the kernel.
Result<ImageWindow> read_window(ImportContext& context, int64_t kernel_h, int64_t kernel_w);

// How many places the window has along an axis of that extent. Errors: as ops::window_output.
Result<int64_t> outputs_along(int64_t input, const WindowAxis& window);

// A window along one axis in the steps of the graph, for layers that no operator of it computes: the value with the
// window's pads, which hold `around`, and what one tap sees of that at each of the outputs.
Result<ir::ValueId> append_padded(ImportContext& context, const std::string& suffix, ir::ValueId value, int axis,
                                  const WindowAxis& window, double around);
Result<ir::ValueId> append_tap(ImportContext& context, const std::string& suffix, ir::ValueId padded, int axis,
                               const WindowAxis& window, int64_t tap, int64_t outputs);
inline constexpr int32_t kMostTaps = 256;  // along an axis: each is several nodes

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
