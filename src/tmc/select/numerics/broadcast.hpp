// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Broadcasting of two shapes, folded into the fewest axes: neighbours along which each operand is dense, or each is
// broadcast, are one.

#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"

namespace tmc::select {

// One axis of the output; a stride is in elements of that operand, 0 where it is broadcast.
struct BroadcastAxis {
  int64_t extent;
  int64_t a_stride, b_stride;
};

// Outermost first, extents above 1; none for a scalar. `a` and `b` broadcast to `output`.
std::vector<BroadcastAxis> broadcast_axes(const Shape& a, const Shape& b, const Shape& output);

// Fills p.extents[N], p.a_strides[N], p.b_strides[N] from the back. kUnsupportedShape where N axes do not suffice.
template <typename Params>
Status set_broadcast_params(Params& p, const Shape& a, const Shape& b, const Shape& output) {
  constexpr size_t kAxes = sizeof(p.extents) / sizeof(p.extents[0]);
  const std::vector<BroadcastAxis> axes = broadcast_axes(a, b, output);
  if (axes.size() > kAxes) {
    return error(Error::kUnsupportedShape, "broadcasts along {} runs of axes, the kernel takes {}", axes.size(), kAxes)
        .remedied_by("reshape the operands so that fewer axes alternate");
  }
  for (size_t axis = 0; axis < kAxes; ++axis) p.extents[axis] = 1;
  for (size_t i = 0; i < axes.size(); ++i) {
    const size_t axis = kAxes - axes.size() + i;
    p.extents[axis] = static_cast<int32_t>(axes[i].extent);
    p.a_strides[axis] = static_cast<int32_t>(axes[i].a_stride);
    p.b_strides[axis] = static_cast<int32_t>(axes[i].b_stride);
  }
  return {};
}

}  // namespace tmc::select
