// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/attention.hpp"

namespace tmc::select {

VisibleKeys visible_keys(const ops::Attention& op, int64_t queries, int64_t keys) {
  const int64_t position = op.first_position(queries, keys);
  const int64_t all = queries + keys;
  const auto limited = [&](int64_t value) { return static_cast<int32_t>(std::clamp(value, -all, all)); };
  int64_t lowest = -all, highest = all;
  if (op.left_window >= 0) lowest = position - std::min(op.left_window, all);
  if (op.right_window >= 0) highest = position + std::min(op.right_window, all);
  if (op.causal) highest = std::min(highest, position);
  return {limited(lowest), limited(highest)};
}

double attention_scale(const ops::Attention& op, const Shape& query) {
  return op.score_scale(query[2] / op.heads);
}

std::array<int32_t, 4> mask_strides(const Shape& mask) {
  std::array<int32_t, 4> strides{};
  int64_t stride = 1;
  for (int axis = mask.rank() - 1; axis >= 0; --axis) {
    if (mask[axis] > 1) strides[static_cast<size_t>(axis + 4 - mask.rank())] = static_cast<int32_t>(stride);
    stride *= mask[axis];
  }
  return strides;
}

std::vector<Ref> attention_inputs(const Lowering& lowering) {
  const size_t mask = lowering.has_input(kAttentionMask) ? kAttentionMask : kAttentionQuery;
  return {lowering.input_ref(kAttentionQuery), lowering.input_ref(kAttentionKey), lowering.input_ref(kAttentionValue),
          lowering.input_ref(mask)};
}

}  // namespace tmc::select
