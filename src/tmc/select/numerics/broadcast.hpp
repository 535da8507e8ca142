// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Broadcasting of shapes, folded into the fewest axes: neighbours along which each operand is dense, or each is
// broadcast, are one.

#include <algorithm>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"

namespace tmc::select {

// One axis of the output; strides are in elements of each operand, 0 where it is broadcast.
struct BroadcastAxis {
  int64_t extent;
  std::vector<int64_t> strides;
};

// Outermost first, extents above 1; none for a scalar. The operands broadcast to `output`.
std::vector<BroadcastAxis> broadcast_axes(const std::vector<Shape>& operands, const Shape& output);

// Fills extents[N] and, for each operand, its strides[N] from the back. kUnsupportedShape where N axes do not suffice.
template <size_t N>
Status set_broadcast(int32_t (&extents)[N], const std::vector<int32_t (*)[N]>& strides,
                     const std::vector<Shape>& operands, const Shape& output) {
  const std::vector<BroadcastAxis> axes = broadcast_axes(operands, output);
  if (axes.size() > N) {
    return error(Error::kUnsupportedShape, "broadcasts along {} runs of axes, the kernel takes {}", axes.size(), N)
        .with_hint("reshape the operands so that fewer axes alternate");
  }
  std::ranges::fill(extents, 1);
  for (size_t i = 0; i < axes.size(); ++i) {
    const size_t axis = N - axes.size() + i;
    extents[axis] = static_cast<int32_t>(axes[i].extent);
    for (size_t operand = 0; operand < strides.size(); ++operand) {
      (*strides[operand])[axis] = static_cast<int32_t>(axes[i].strides[operand]);
    }
  }
  return {};
}

// The extents and strides of two operands.
template <typename Params>
Status set_broadcast_params(Params& p, const Shape& a, const Shape& b, const Shape& output) {
  return set_broadcast(p.extents, {&p.a_strides, &p.b_strides}, {a, b}, output);
}

}  // namespace tmc::select
