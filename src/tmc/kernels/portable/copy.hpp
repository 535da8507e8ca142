// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: a move for each row.

#include "tmc/kernels/common/rows.hpp"
#include "tmc/kernels/contract/copy.hpp"

namespace tmc::kernels::portable {

struct Copy : ImplementationOf<kernels::Copy> {
  static constexpr Overlap overlap(const Params& p, int) { return rows_overlap(p); }
  static constexpr double instructions(const Params& p) {
    return p.rows * (30.0 + p.row_bytes / 16 * 14 + p.row_bytes % 16 * 4);
  }

  static void run(Params p, Buffers b) {
    const auto* input = static_cast<const unsigned char*>(b.input);
    auto* output = static_cast<unsigned char*>(b.output);
    for (int32_t row = 0; row < p.rows; ++row) {
      __builtin_memmove(output + row * p.output_stride, input + row * p.input_stride, static_cast<size_t>(p.row_bytes));
    }
  }
};

}  // namespace tmc::kernels::portable
