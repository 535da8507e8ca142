// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Axes of reductions, as their kernels take them.

#include <algorithm>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"

namespace tmc::select {

// Fills kept and reduced axes from the back; neighbours of one kind are one axis. kUnsupportedShape where three of a
// kind do not suffice.
template <typename Params>
Status set_axes(Params& p, const Shape& shape, const std::vector<int64_t>& axes) {
  bool reduces[Shape::kMaxRank] = {};
  for (const int64_t axis : axes) reduces[axis < 0 ? axis + shape.rank() : axis] = true;
  std::ranges::fill(p.kept, 1);
  std::ranges::fill(p.reduced, 1);
  int places[2] = {3, 3};  // of the last axis that was filled: kept, reduced
  int last_kind = -1;
  int64_t stride = 1;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    if (shape[axis] == 1) continue;
    const int kind = reduces[axis] ? 1 : 0;
    if (kind != last_kind && places[kind]-- == 0) {
      return error(Error::kUnsupportedShape, "kept and reduced axes alternate more than three times")
          .with_hint("reshape the tensor first");
    }
    int32_t& extent = (reduces[axis] ? p.reduced : p.kept)[places[kind]];
    int32_t& first_stride = (reduces[axis] ? p.reduced_strides : p.kept_strides)[places[kind]];
    if (kind != last_kind) first_stride = static_cast<int32_t>(stride);
    extent *= static_cast<int32_t>(shape[axis]);
    last_kind = kind;
    stride *= shape[axis];
  }
  return {};
}

}  // namespace tmc::select
