// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Products of counts, by which implementations hold their Params to how many elements the tensors have. What a model
// image says of them nobody has looked at, so that a product that wraps would pass for a small one. Freestanding.

#include <stdint.h>

namespace tmc::kernels {

// -1, which no tensor has, where a count is below 1 or the product leaves 62 bits.
template <typename... Counts>
constexpr int64_t product_of(Counts... counts) {
  constexpr int64_t kMost = int64_t{1} << 62;
  int64_t product = 1;
  const int64_t factors[] = {static_cast<int64_t>(counts)...};
  for (const int64_t count : factors) {
    if (count < 1 || product > kMost / count) return -1;
    product *= count;
  }
  return product;
}

// Whether a tensor of so many elements holds `parts` of them at every index along three axes of those counts.
constexpr bool holds_lines(int64_t elements, int32_t parts, const int32_t (&counts)[3], const int32_t (&strides)[3]) {
  int64_t lowest = 0;
  int64_t highest = int64_t{parts} - 1;
  for (int32_t axis = 0; axis < 3; ++axis) {
    const int64_t reach = (int64_t{counts[axis]} - 1) * strides[axis];
    if (reach < -elements || reach > elements) return false;
    (reach < 0 ? lowest : highest) += reach;
  }
  return lowest >= 0 && highest < elements;
}

}  // namespace tmc::kernels
