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

std::vector<BroadcastAxis> broadcast_axes(const std::vector<Shape>& operands, const Shape& output) {
  std::vector<BroadcastAxis> axes;  // innermost first
  std::vector<int64_t> dense(operands.size(), 1);
  for (int from_end = 0; from_end < output.rank(); ++from_end) {
    BroadcastAxis axis{output.back(from_end), {}};
    for (size_t i = 0; i < operands.size(); ++i) {
      axis.strides.push_back(operand_stride(operands[i], from_end, dense[i]));
    }
    if (axis.extent == 1) continue;
    // Strides are dense, so an axis goes on where the one inside it ends, unless an operand starts or stops to be
    // broadcast.
    const auto is_alike = [](int64_t inner, int64_t outer) { return (inner == 0) == (outer == 0); };
    if (!axes.empty() && std::ranges::equal(axes.back().strides, axis.strides, is_alike)) {
      axes.back().extent *= axis.extent;
    } else {
      axes.push_back(std::move(axis));
    }
  }
  std::ranges::reverse(axes);
  return axes;
}

}  // namespace tmc::select
