// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Products of int8 activations: a row of a with four columns of b at a time, sixteen products an instruction. Columns
// lie as lines, which those of a matrix that is not transposed become in scratch first. Zero points are taken off the
// sums: with those of the row and of the column, sum of (a - za) * (b - zb) = sum of a * b - zb * (sum of a) -
// za * (sum of b) + inner * za * zb, modulo 2^32.

#include "tmc/kernels/common/matrices.hpp"
#include "tmc/kernels/contract/matmul.hpp"
#include "tmc/kernels/helium/detail/dot_rows.hpp"

namespace tmc::kernels::helium {

struct MatmulS8 : ImplementationOf<kernels::MatmulS8> {
  // What is taken off of every column, then the columns as lines.
  static constexpr int64_t scratch_bytes(const Params& p) {
    return int64_t{4} * kBlock * blocks_of(p.columns) + (p.transpose_b ? 0 : int64_t{p.columns} * p.inner);
  }
  static constexpr double instructions(const Params& p) {
    const double matrices = 1.0 * p.batch[0] * p.batch[1] * p.batch[2];
    const double steps = (p.inner + 15) / 16;
    const double row = 20 + 4 * steps + blocks_of(p.columns) * (45 + 11 * steps);
    return 30 + matrices * (p.columns * (15 + 4 * steps + (p.transpose_b ? 0 : 4.0 * p.inner)) + p.rows * row);
  }

  static void run(Params p, Buffers b) {
    auto* offsets = static_cast<int32_t*>(b.scratch);
    auto* lines = reinterpret_cast<int8_t*>(offsets + kBlock * blocks_of(p.columns));
    int8_t* output = b.output;
    for_each_matrix(p, [&](int32_t matrix_a, int32_t matrix_b) {
      const int8_t* a = b.a + matrix_a * p.rows * p.inner;
      const int8_t* columns = b.b + matrix_b * p.inner * p.columns;
      if (!p.transpose_b) {
        transpose(columns, p.inner, p.columns, lines);
        columns = lines;
      }
      for (int32_t i = 0; i < kBlock * blocks_of(p.columns); ++i) {
        const int32_t column = i < p.columns ? i : p.columns - 1;
        const int32_t sum = sum_of(columns + column * p.inner, p.inner);
        offsets[i] = wrapped(int64_t{p.a_zero_point} * (int64_t{p.inner} * p.b_zero_point - sum));
      }
      for (int32_t row = 0; row < p.rows; ++row, a += p.inner, output += p.columns) {
        multiply_row(p, a, columns, offsets, output);
      }
    });
  }

 private:
  static int32_t wrapped(int64_t value) { return static_cast<int32_t>(static_cast<uint32_t>(value)); }

  static void transpose(const int8_t* from, int32_t rows, int32_t columns, int8_t* to) {
    for (int32_t column = 0; column < columns; ++column) {
      for (int32_t row = 0; row < rows; ++row) *to++ = from[row * columns + column];
    }
  }

  // Calls step(load, at) for sixteen elements each, where load(line) reads those of a line: zeros beyond the depth.
  template <typename Step>
  static void for_each_step(int32_t depth, const Step& step) {
    int32_t at = 0;
    for (; at < depth / 16 * 16; at += 16) {
      step([at](const int8_t* line) { return vldrb_s8(line + at); });
    }
    const int32_t rest = depth - at;
    if (rest > 0) step([at, rest](const int8_t* line) { return vldrb_s8_tail(line + at, rest); });
  }

  static int32_t sum_of(const int8_t* line, int32_t depth) {
    int32_t sum = 0;
    for_each_step(depth, [&](const auto& load) { sum = vmladava(sum, load(line), vdup_s8(1)); });
    return sum;
  }

  static void multiply_row(const Params& p, const int8_t* a, const int8_t* columns, const int32_t* offsets,
                           int8_t* output) {
    const int32_t offset = wrapped(-int64_t{p.b_zero_point} * sum_of(a, p.inner));
    const OutputRange range{p.output_zero_point, -128, 127};
    for (int32_t left = p.columns; left > 0; left -= kBlock, columns += kBlock * p.inner, offsets += kBlock) {
      const int32_t second = left > 1 ? p.inner : 0;
      const int32_t third = left > 2 ? 2 * p.inner : 0;
      const int32_t fourth = left > 3 ? 3 * p.inner : 0;
      DotSums sums;
      for_each_step(p.inner, [&](const auto& load) {
        sums.add(load(a), [&](int i) {
          return load(columns + (i == 0 ? 0 : i == 1 ? second : i == 2 ? third : fourth));
        });
      });
      const S32x4 exact = vadd(vadd(vmov(sums.first, sums.second, sums.third, sums.fourth), vldrw(offsets)), offset);
      const S32x4 values = to_output(multiply_by_quantized_multiplier(exact, p.multiplier, p.shift), range);
      vstrb_s32_tail(output, values, left);
      output += kBlock;
    }
  }
};

}  // namespace tmc::kernels::helium
