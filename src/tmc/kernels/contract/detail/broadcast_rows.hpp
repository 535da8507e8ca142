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

// Takes the next axis outwards into the row where it has none yet but axes of one element, or where both operands go
// on along it as they do within the row. False where they do not.
template <typename Params>
constexpr bool extends_row(const Params& p, int32_t outer, BroadcastRows& rows) {
  if (rows.length == 1) {
    rows = {outer, p.extents[outer], p.a_strides[outer], p.b_strides[outer]};
    return true;
  }
  const bool goes_on =
      p.a_strides[outer] == rows.a_step * rows.length && p.b_strides[outer] == rows.b_step * rows.length;
  if (p.extents[outer] != 1 && !goes_on) return false;
  rows.length *= p.extents[outer];
  rows.axis = outer;
  return true;
}

// Axes are merged from the innermost on. Written without a loop, so that of constant Params a constant is left, and no
// copy of them on the stack.
template <typename Params>
constexpr BroadcastRows broadcast_rows(const Params& p) {
  BroadcastRows rows{3, p.extents[3], p.a_strides[3], p.b_strides[3]};
  static_cast<void>(extends_row(p, 2, rows) && extends_row(p, 1, rows) && extends_row(p, 0, rows));
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
