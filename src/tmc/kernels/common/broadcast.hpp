// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loops of the binary elementwise implementations. `Params` has extents[4] of the dense output and a_strides[4],
// b_strides[4] in elements, 0 along a broadcast axis.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

template <typename Params>
constexpr int64_t broadcast_elements(const Params& p) {
  return int64_t{p.extents[0]} * p.extents[1] * p.extents[2] * p.extents[3];
}

// Whether an operand is dense like the output: then the output may lie over it.
constexpr bool is_dense(const int32_t (&extents)[4], const int32_t (&strides)[4]) {
  int64_t dense = 1;
  for (int axis = 3; axis >= 0; --axis) {
    if (extents[axis] != 1 && strides[axis] != dense) return false;
    dense *= extents[axis];
  }
  return true;
}

template <typename Params>
constexpr Overlap broadcast_overlap(const Params& p, int buffer) {
  return is_dense(p.extents, buffer == 0 ? p.a_strides : p.b_strides) ? kInPlace : kNoOverlap;
}

// output[i] = op(a[..], b[..]) in the order of addresses.
template <typename Params, typename A, typename B, typename Output, typename Op>
inline void for_each_broadcast(const Params& p, const A* a, const B* b, Output* output, Op op) {
  for (int32_t i = 0; i < p.extents[0]; ++i) {
    for (int32_t j = 0; j < p.extents[1]; ++j) {
      for (int32_t k = 0; k < p.extents[2]; ++k) {
        const A* row_a = a + i * p.a_strides[0] + j * p.a_strides[1] + k * p.a_strides[2];
        const B* row_b = b + i * p.b_strides[0] + j * p.b_strides[1] + k * p.b_strides[2];
        for (int32_t l = 0; l < p.extents[3]; ++l) {
          *output++ = op(*row_a, *row_b);
          row_a += p.a_strides[3];
          row_b += p.b_strides[3];
        }
      }
    }
  }
}

}  // namespace tmc::kernels
