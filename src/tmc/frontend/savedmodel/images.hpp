// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Images and their windows. Those of two axes with the channels last become operators of the graph, which has them so;
// others are said in ONNX's operators, whose images have the channels behind the batch.

#include "tmc/frontend/savedmodel/node_context.hpp"

namespace tmc::frontend::savedmodel {

struct Image {
  std::string tensor;
  Shape shape;  // [batch, channels, extents...]
  bool is_channels_last = true;
  bool is_plain = false;  // float32, of two axes, with the channels last
};

// kUnsupportedShape for a tensor that is no image.
Result<Image> image_of(NodeContext& context, size_t input);
// The image as ONNX has it.
Result<std::string> channels_second(NodeContext& context, const Image& image);
// Ends the node with an image of ONNX, in the layout of the operator.
Status finish_image(NodeContext& context, const Image& image, const std::string& result);

// The entries of a list with one for each axis of the operator's layout that are of rows, columns and so on; ones where
// there is no such list. kUnsupportedOp where others are not 1, kMalformed for numbers out of range.
Result<std::vector<int64_t>> per_axis(NodeContext& context, const Image& image, const char* attribute);
// Strides, dilations and padding as ONNX's attributes.
Result<NodeContext::Attributes> window_of(NodeContext& context, const Image& image);

struct AxisWindow {
  int32_t stride, dilation, pad_before, pad_after;
};
// The same along each axis, for a window of these extents.
Result<std::vector<AxisWindow>> windows_of(NodeContext& context, const Image& image,
                                           const std::vector<int64_t>& kernel);

// Sets the window of an operator of the graph on a plain image.
template <typename Op>
Status set_window(NodeContext& context, const Image& image, const std::vector<int64_t>& kernel, Op& op) {
  TMC_ASSIGN(const std::vector<AxisWindow> windows, windows_of(context, image, kernel));
  const AxisWindow &rows = windows[0], &columns = windows[1];
  op.stride_h = rows.stride;
  op.stride_w = columns.stride;
  if constexpr (requires { op.dilation_h; }) {
    op.dilation_h = rows.dilation;
    op.dilation_w = columns.dilation;
  }
  op.pad_top = rows.pad_before;
  op.pad_bottom = rows.pad_after;
  op.pad_left = columns.pad_before;
  op.pad_right = columns.pad_after;
  return {};
}

}  // namespace tmc::frontend::savedmodel
