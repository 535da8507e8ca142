// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Eight look-ups a turn, byte by byte: three instructions each. Taking words apart and putting them together again
// takes more than the loads and stores that it saves.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/common/rows.hpp"
#include "tmc/kernels/contract/table_s8.hpp"

namespace tmc::kernels::armv7em {

struct TableS8 : ImplementationOf<kernels::TableS8> {
  static constexpr Overlap overlap(const Params& p, int) { return rows_overlap(p); }
  static constexpr double instructions(const Params& p) { return 10 + 25.0 * p.rows + 3.6 * rows_bytes(p); }

  static void run(Params p, Buffers b) {
    const auto* inputs = reinterpret_cast<const int8_t*>(b.input);
    auto* outputs = reinterpret_cast<int8_t*>(b.output);
    for (int32_t row = 0; row < p.rows; ++row) {
      run_row(inputs + row * p.input_stride, b.table, outputs + row * p.output_stride, p.row_bytes);
    }
  }

 private:
  static void run_row(const int8_t* input, const int8_t* table, int8_t* output, int32_t count) {
    for (const int8_t* end = input + count / 8 * 8; input != end; input += 8, output += 8) {
#pragma GCC unroll 8
      for (int32_t i = 0; i < 8; ++i) store_s8(table[static_cast<uint8_t>(input[i])], output + i);
    }
    for (int32_t i = 0; i < count % 8; ++i) output[i] = table[static_cast<uint8_t>(input[i])];
  }
};

}  // namespace tmc::kernels::armv7em
