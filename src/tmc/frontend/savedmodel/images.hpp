// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Images as ONNX has them, channels behind the batch, of operators whose images have the channels last or, as their
// data_format says, second; and their windows.

#include "tmc/frontend/savedmodel/node_context.hpp"

namespace tmc::frontend::savedmodel {

struct Image {
  std::string tensor;
  Shape shape;  // [batch, channels, extents...]
  bool is_channels_last = true;
};

// kUnsupportedShape for a tensor that is no image.
Result<Image> image_of(NodeContext& context, size_t input);
// Ends the node with an image, in the layout of the operator.
Status finish_image(NodeContext& context, const Image& image, const std::string& result);

// The entries of a list with one for each axis of the operator's layout that are of rows, columns and so on; ones where
// there is no such list. kUnsupportedOp where others are not 1, kMalformed for numbers out of range.
Result<std::vector<int64_t>> per_axis(NodeContext& context, const Image& image, const char* attribute);
// Strides, dilations and padding as ONNX's attributes.
Result<NodeContext::Attributes> window_of(NodeContext& context, const Image& image);

}  // namespace tmc::frontend::savedmodel
