// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Checks and arithmetic that several operators' shape rules share. Every function refuses bad input with a Status that
// says what was wrong; the caller adds the node.

#include "tmc/ops/op_info.hpp"

namespace tmc::ops {

// At least `required` inputs present, at most `most` given.
Status check_inputs(const InferInputs& in, size_t required, size_t most);
Status check_rank(const TensorType& type, int rank, const char* what);
// Maps a possibly negative axis into [0, rank); an error outside.
Result<int> normalize_axis(int64_t axis, int rank);
// Numpy broadcasting of two shapes.
Result<Shape> broadcast(const Shape& a, const Shape& b);

// A window sliding along one axis.
struct Window {
  int64_t kernel, stride, dilation, pad_before, pad_after;
};
// floor((input + pads - dilated kernel) / stride) + 1; an error where parameters are not positive or nothing fits.
Result<int64_t> window_output(int64_t input, const Window& window);

// Axes of height, width and channels of an image tensor of rank 4.
struct ImageAxes {
  int height, width, channels;
};
constexpr ImageAxes image_axes(Layout layout) {
  return layout == Layout::kNhwc ? ImageAxes{1, 2, 3} : ImageAxes{2, 3, 1};
}
// [batch, out_h, out_w, out_c] in the order of `layout`.
Shape image_shape(Layout layout, int64_t batch, int64_t height, int64_t width, int64_t channels);

// The shape rule of operators that keep their first input's type.
Inferred same_as_first(const InferInputs& in, size_t inputs = 1);
// The extents of the one input after a reduction over axes, which may be negative.
Result<Shape> reduced_shape(const InferInputs& in, const std::vector<int64_t>& axes, bool keep_dims);
// The shape rule of binary elementwise operators: broadcast shape, first input's dtype.
Inferred broadcast_binary(const InferInputs& in);

}  // namespace tmc::ops
