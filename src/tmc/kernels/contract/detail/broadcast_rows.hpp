// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Binary elementwise kernels as rows in which each operand either runs along with the output or stays. `Params` has
// extents[4] of the dense output and a_strides[4], b_strides[4] in elements, 0 along a broadcast axis.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct BroadcastRows {
  int32_t axis;    // the outermost that is part of a row
  int32_t length;  // of a row
  int32_t a_step, b_step;
};

// Axes are merged into the row while both operands go on as they do within it.
template <typename Params>
constexpr BroadcastRows broadcast_rows(const Params& p) {
  int32_t axis = 3;
  while (axis > 0 && p.extents[axis] == 1) --axis;
  BroadcastRows rows{axis, p.extents[axis], p.a_strides[axis], p.b_strides[axis]};
  while (rows.axis > 0) {
    const int32_t outer = rows.axis - 1;
    const bool goes_on =
        p.a_strides[outer] == rows.a_step * rows.length && p.b_strides[outer] == rows.b_step * rows.length;
    if (p.extents[outer] != 1 && !goes_on) break;
    rows.length *= p.extents[outer];
    rows.axis = outer;
  }
  return rows;
}

// At least one operand runs along.
template <typename Params>
constexpr bool has_dense_rows(const Params& p) {
  const BroadcastRows rows = broadcast_rows(p);
  return rows.a_step + rows.b_step >= 1 && rows.a_step <= 1 && rows.b_step <= 1;
}

// Calls run_row(a, b, output) for every row, in the order of addresses.
template <typename Params, typename T, typename RunRow>
inline void for_each_row(const Params& p, const BroadcastRows& rows, const T* a, const T* b, T* output,
                         RunRow run_row) {
  const auto outer = [&](int32_t axis) { return axis < rows.axis ? p.extents[axis] : 1; };
  for (int32_t i = 0; i < outer(0); ++i) {
    for (int32_t j = 0; j < outer(1); ++j) {
      for (int32_t k = 0; k < outer(2); ++k, output += rows.length) {
        run_row(a + i * p.a_strides[0] + j * p.a_strides[1] + k * p.a_strides[2],
                b + i * p.b_strides[0] + j * p.b_strides[1] + k * p.b_strides[2], output);
      }
    }
  }
}

}  // namespace tmc::kernels
