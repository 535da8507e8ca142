// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Extents of images and windows as the kernels' Params name them.

#include "tmc/base/host/status.hpp"
#include "tmc/ops/op_info.hpp"

namespace tmc::select {

inline Status require_nhwc(ops::Layout layout) {
  if (layout == ops::Layout::kNhwc) return {};
  return error(Error::kUnsupportedType, "is in the layout nchw").with_hint("convert the layout before selection");
}

// Extents of a tensor fit int32 in a verified graph.
constexpr int32_t extent(const Shape& shape, int axis) {
  return static_cast<int32_t>(shape[axis]);
}

// Fills what convolution and pooling share. `op` has strides and padding, the shapes are NHWC.
template <typename Params, typename Op>
void set_image_params(Params& p, const Op& op, const Shape& input, const Shape& output) {
  p.batch = extent(input, 0);
  p.input_h = extent(input, 1);
  p.input_w = extent(input, 2);
  p.output_h = extent(output, 1);
  p.output_w = extent(output, 2);
  p.stride_h = op.stride_h;
  p.stride_w = op.stride_w;
  p.pad_top = op.pad_top;
  p.pad_left = op.pad_left;
}

}  // namespace tmc::select
