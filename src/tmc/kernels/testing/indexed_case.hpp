// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Random params and indices of the kernels whose indices are a tensor (lookup, scatter), and the place of every element
// found from its number, one index at a time.

#include <algorithm>
#include <limits>

#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

// Fills the params that both have, with strides that go with a dense tensor of `depths` and some free axes. Some axes
// have an index each, some share it. Returns how many elements the data and the indices have.
struct IndexedExtents {
  int32_t data = 1, indices = 1, elements = 1;
};
template <typename Params>
IndexedExtents randomize_indexed(std::mt19937& rng, Params& p, int32_t (&strides)[6]) {
  IndexedExtents sizes;
  p.looked_up = pick(rng, 1, 3);
  for (int i = 0; i < 6; ++i) p.depths[i] = 1;
  for (int32_t i = p.looked_up - 1; i >= 0; --i) {
    p.depths[i] = pick(rng, 1, 4);
    p.depth_strides[i] = sizes.data;
    sizes.data *= p.depths[i];
  }
  sizes.indices = p.looked_up;
  for (size_t axis = 6; axis-- > 0;) {
    p.extents[axis] = pick(rng, 1, 3);
    sizes.elements *= p.extents[axis];
    const bool is_of_data = pick(rng, 0, 1) == 0;
    strides[axis] = is_of_data ? sizes.data : 0;
    if (is_of_data) sizes.data *= p.extents[axis];
    const bool has_index = !is_of_data || pick(rng, 0, 1) == 0;
    p.index_strides[axis] = has_index ? sizes.indices : 0;
    if (has_index) sizes.indices *= p.extents[axis];
  }
  return sizes;
}

// Indices inside, from the end, outside, and the most extreme ones.
template <typename Index>
std::vector<Index> random_indices(std::mt19937& rng, int32_t count) {
  std::vector<Index> indices(static_cast<size_t>(count));
  for (Index& index : indices) {
    index = static_cast<Index>(pick(rng, -6, 5));
    if (pick(rng, 0, 19) == 0) index = std::numeric_limits<Index>::max();
    if (pick(rng, 0, 19) == 0) index = std::numeric_limits<Index>::min();
  }
  return indices;
}

template <typename Params, typename Index>
size_t place_of_element(const Params& p, const int32_t (&strides)[6], const std::vector<Index>& indices,
                        int32_t number) {
  int64_t element = 0;
  int64_t index = 0;
  for (size_t axis = 6; axis-- > 0; number /= p.extents[axis]) {
    element += int64_t{number % p.extents[axis]} * strides[axis];
    index += int64_t{number % p.extents[axis]} * p.index_strides[axis];
  }
  for (int32_t i = 0; i < p.looked_up; ++i) {
    const auto depth = static_cast<double>(p.depths[i]);
    auto at = static_cast<double>(indices[static_cast<size_t>(index + i)]);
    if (at < 0) at += depth;
    element += static_cast<int64_t>(std::clamp(at, 0.0, depth - 1)) * p.depth_strides[i];
  }
  return static_cast<size_t>(element);
}

}  // namespace tmc::kernels::testing
