// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Places that indices of a tensor say, for lookup and scatter.

#include <stdint.h>

#include "tmc/base/dtype.hpp"

namespace tmc::kernels::portable {

constexpr bool is_index_dtype(int32_t dtype) {
  return dtype == static_cast<int32_t>(DType::kI32) || dtype == static_cast<int32_t>(DType::kI64);
}

// Within [0, depth): counted from the end where it is negative, and clamped.
inline int32_t index_within(int64_t index, int32_t depth) {
  if (index < 0) index = index < -depth ? 0 : index + depth;
  return static_cast<int32_t>(index < depth ? index : depth - 1);
}

// The distance, in elements, that a group of indices says.
template <typename Index, typename Params>
inline int32_t place_of(const Params& p, const Index* indices) {
  int32_t place = 0;
  for (int32_t i = 0; i < p.looked_up; ++i) place += index_within(indices[i], p.depths[i]) * p.depth_strides[i];
  return place;
}

// Calls visit(where among the indices, where in the tensor, beside what the indices say) for each run along the
// innermost axis.
template <typename Params, typename Visit>
inline void for_each_run(const Params& p, const int32_t (&strides)[6], Visit visit) {
  int32_t at[5] = {};
  int32_t index = 0;
  int32_t element = 0;
  while (true) {
    visit(index, element);
    int32_t axis = 4;
    for (; axis >= 0; --axis) {
      index += p.index_strides[axis];
      element += strides[axis];
      if (++at[axis] < p.extents[axis]) break;
      index -= p.extents[axis] * p.index_strides[axis];
      element -= p.extents[axis] * strides[axis];
      at[axis] = 0;
    }
    if (axis < 0) return;
  }
}

// Calls use(pointer to the first index), of the dtype that they have.
template <typename Use>
inline void with_indices(int32_t dtype, const void* indices, Use use) {
  if (dtype == static_cast<int32_t>(DType::kI32)) {
    use(static_cast<const int32_t*>(indices));
  } else {
    use(static_cast<const int64_t*>(indices));
  }
}

}  // namespace tmc::kernels::portable
