// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: a look-up for each element.

#include "tmc/kernels/common/rows.hpp"
#include "tmc/kernels/contract/table_s8.hpp"

namespace tmc::kernels::portable {

struct TableS8 : ImplementationOf<kernels::TableS8> {
  static constexpr Overlap overlap(const Params& p, int) { return rows_overlap(p); }
  static constexpr double instructions(const Params& p) { return 5 * rows_bytes(p); }

  static void run(Params p, Buffers b) {
    const auto* inputs = reinterpret_cast<const int8_t*>(b.input);
    auto* outputs = reinterpret_cast<int8_t*>(b.output);
    for (int32_t row = 0; row < p.rows; ++row) {
      const int8_t* input = inputs + row * p.input_stride;
      int8_t* output = outputs + row * p.output_stride;
      for (int32_t i = 0; i < p.row_bytes; ++i) output[i] = b.table[static_cast<uint8_t>(input[i])];
    }
  }
};

}  // namespace tmc::kernels::portable
