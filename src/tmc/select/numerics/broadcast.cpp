// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/broadcast.hpp"

#include <algorithm>

namespace tmc::select {
namespace {

// The stride of an operand along the output axis that is `from_end` axes before the last; advances `dense`.
int64_t operand_stride(const Shape& operand, int from_end, int64_t& dense) {
  if (from_end >= operand.rank() || operand.back(from_end) == 1) return 0;
  const int64_t stride = dense;
  dense *= operand.back(from_end);
  return stride;
}

}  // namespace

std::vector<BroadcastAxis> broadcast_axes(const Shape& a, const Shape& b, const Shape& output) {
  std::vector<BroadcastAxis> axes;  // innermost first
  int64_t a_dense = 1;
  int64_t b_dense = 1;
  for (int from_end = 0; from_end < output.rank(); ++from_end) {
    const BroadcastAxis axis{output.back(from_end), operand_stride(a, from_end, a_dense),
                             operand_stride(b, from_end, b_dense)};
    if (axis.extent == 1) continue;
    // Strides are dense, so an axis goes on where the one inside it ends, unless one operand starts or stops to be
    // broadcast.
    const bool same_kind = !axes.empty() && (axes.back().a_stride == 0) == (axis.a_stride == 0) &&
                           (axes.back().b_stride == 0) == (axis.b_stride == 0);
    if (same_kind) {
      axes.back().extent *= axis.extent;
    } else {
      axes.push_back(axis);
    }
  }
  std::ranges::reverse(axes);
  return axes;
}

}  // namespace tmc::select
