// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Row by row, by words. Rows that touch on both sides are one.

#include "tmc/kernels/armv7em/detail/move.hpp"
#include "tmc/kernels/common/rows.hpp"
#include "tmc/kernels/contract/copy.hpp"

namespace tmc::kernels::armv7em {

struct Copy : ImplementationOf<kernels::Copy> {
  static constexpr Overlap overlap(const Params& p, int) { return rows_overlap(p); }
  static constexpr double instructions(const Params& p) {
    const int32_t rows = is_dense(p) ? 1 : p.rows;
    const int32_t bytes = is_dense(p) ? p.rows * p.row_bytes : p.row_bytes;
    return 20 + rows * (14.0 + bytes / 16 * 4 + bytes % 16 / 4 * 5 + bytes % 4 * 5);
  }

  static void run(Params p, Buffers b) {
    const auto* input = static_cast<const int8_t*>(b.input);
    auto* output = static_cast<int8_t*>(b.output);
    if (is_dense(p)) return move_up(output, input, p.rows * p.row_bytes);
    for (int32_t row = 0; row < p.rows; ++row) {
      move_up(output + row * p.output_stride, input + row * p.input_stride, p.row_bytes);
    }
  }

  static constexpr bool is_dense(const Params& p) {
    return p.rows == 1 || (p.input_stride == p.row_bytes && p.output_stride == p.row_bytes);
  }
};

}  // namespace tmc::kernels::armv7em
