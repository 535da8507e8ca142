// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The padding that TensorFlow calls SAME, along one axis: as much as makes the result ceil(input / stride) long, the
// odd one behind.

#include <algorithm>
#include <cstdint>

namespace tmc::frontend {

struct SamePadding {
  int32_t before = 0, after = 0;
};

// None for numbers that are out of range, which a shape rule refuses.
inline SamePadding same_padding(int64_t input, int64_t kernel, int64_t stride, int64_t dilation) {
  constexpr int64_t kLimit = INT32_MAX;
  if (stride < 1 || dilation < 1 || kernel < 1 || input < 1 || kernel > kLimit / dilation || input > kLimit) return {};
  const int64_t outputs = (input - 1) / stride + 1;
  const int64_t reach = (outputs - 1) * stride + (kernel - 1) * dilation + 1;
  const int64_t total = std::clamp<int64_t>(reach - input, 0, kLimit);
  return {static_cast<int32_t>(total / 2), static_cast<int32_t>(total - total / 2)};
}

}  // namespace tmc::frontend
