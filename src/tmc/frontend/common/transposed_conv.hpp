// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A transposed convolution as a plain one of stride 1: over the image with zeros between its pixels, with the window
// turned by half a turn (Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, chapter 4).

#include <algorithm>

#include "tmc/base/host/status.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend {

// Along one axis. Pads are what the transposed convolution leaves out of its result; those at the end may be negative.
struct TransposedAxis {
  int64_t stride = 1, kernel = 1, dilation = 1, pad_before = 0, pad_after = 0;

  // Of the plain convolution, over an image that ends with the zeros behind its last pixel.
  int64_t conv_pad_before() const { return (kernel - 1) * dilation - pad_before; }
  int64_t conv_pad_after() const { return (kernel - 1) * dilation - pad_after - (stride - 1); }
  // kUnsupportedShape where a number is out of the range that shapes are worked out in.
  Status check() const {
    constexpr int64_t kMost = 1 << 12;
    const auto is_out = [](int64_t number, int64_t least) { return number < least || number > kMost; };
    if (!is_out(stride, 1) && !is_out(kernel, 1) && !is_out(dilation, 1) && !is_out(pad_before, 0) &&
        !is_out(pad_after, -kMost)) {
      return {};
    }
    return error(Error::kUnsupportedShape, "its window holds numbers that are out of range");
  }
};

// Appends the image with zeros behind every pixel along axes `first` and `first` + 1, less what negative pads of the
// plain convolution take away.
template <typename ImportContext>
Result<ir::ValueId> spread_image(ImportContext& context, ir::ValueId image, int first, const TransposedAxis& rows,
                                 const TransposedAxis& columns) {
  const Quantization quantization = context.graph().value(image).quantization;
  const Shape shape = context.type(image).shape;
  std::vector<int64_t> split, pads, joined;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const int64_t stride = axis == first ? rows.stride : axis == first + 1 ? columns.stride : 1;
    split.push_back(shape[axis]);
    pads.push_back(0);
    if (axis == first || axis == first + 1) {
      split.push_back(1);
      pads.push_back(stride - 1);
    }
    joined.push_back(shape[axis] * stride);
  }
  if (rows.stride > 1 || columns.stride > 1) {
    pads.insert(pads.begin(), pads.size(), 0);
    TMC_ASSIGN(image, context.append("_pixels", ops::Reshape{split}, {image}, quantization));
    TMC_ASSIGN(image, context.append("_padded", ops::Pad{.pads = pads}, {image}, quantization));
    TMC_ASSIGN(image, context.append("_spread", ops::Reshape{joined}, {image}, quantization));
  }
  ops::Slice slice = ops::Slice::whole(context.type(image).shape);
  bool is_cut = false;
  for (const int axis : {first, first + 1}) {
    const TransposedAxis& along = axis == first ? rows : columns;
    const int64_t before = std::max<int64_t>(0, -along.conv_pad_before());
    const int64_t after = std::max<int64_t>(0, -along.conv_pad_after());
    const int64_t left = joined[static_cast<size_t>(axis)] - before - after;
    if (left < 1) return error(Error::kUnsupportedShape, "its pads leave nothing");
    slice.read(axis, before, left);
    is_cut = is_cut || before > 0 || after > 0;
  }
  if (!is_cut) return image;
  return context.append("_cut", std::move(slice), {image}, quantization);
}

// The plain convolution's window.
template <typename Conv>
void set_transposed_window(Conv& op, const TransposedAxis& rows, const TransposedAxis& columns) {
  const auto pad = [](int64_t pads) { return static_cast<int32_t>(std::max<int64_t>(0, pads)); };
  op.dilation_h = static_cast<int32_t>(rows.dilation);
  op.dilation_w = static_cast<int32_t>(columns.dilation);
  op.pad_top = pad(rows.conv_pad_before());
  op.pad_bottom = pad(rows.conv_pad_after());
  op.pad_left = pad(columns.conv_pad_before());
  op.pad_right = pad(columns.conv_pad_after());
}

}  // namespace tmc::frontend
