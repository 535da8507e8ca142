// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Images whose windows lie inside: where windows of a convolution reach beyond the image, or loads beyond what they
// use, the image is copied into a frame of zero points first.

#include "tmc/kernels/contract/conv2d.hpp"

namespace tmc::kernels::highway {

// Extents of what the windows of an image cover.
struct Frame {
  int32_t height, width;
};
Frame frame_of(const QuantizedConv2d::Params& p);

// Whether the windows lie inside the image itself.
bool is_inside(const QuantizedConv2d::Params& p);

// Of a frame with so many bytes behind it that may be read.
int64_t framed_bytes(const QuantizedConv2d::Params& p, int32_t behind);

// Fills a frame but for what is behind it.
void copy_into_frame(const QuantizedConv2d::Params& p, const int8_t* image, int8_t* frame);

}  // namespace tmc::kernels::highway
