// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the implementations that move rows share. `Params` has rows, row_bytes, input_stride and output_stride.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// Rows that are read in order stay ahead of the writes where the output's are no further apart than the input's.
template <typename Params>
constexpr Overlap rows_overlap(const Params& p) {
  return p.rows == 1 || p.output_stride <= p.input_stride ? kInPlace : kNoOverlap;
}

template <typename Params>
constexpr double rows_bytes(const Params& p) {
  return 1.0 * p.rows * p.row_bytes;
}

}  // namespace tmc::kernels
