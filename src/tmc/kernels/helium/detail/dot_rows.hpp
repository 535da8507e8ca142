// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Dot products of one row of inputs with the weights of every output, four outputs at a time, and their requantisation:
// all of a fully connected layer, and a convolution once a window is one row.
//
// Weights lie in blocks of four outputs. A block holds sixteen weights of each of its outputs in turn, then the next
// sixteen, and at the end what is left of each. Channels lie in blocks too: four biases, four multipliers, four shifts.
// The last block's missing outputs have zeros. Sums wrap, so no input and no weights need a proof.

#include "tmc/kernels/helium/detail/requantize.hpp"

namespace tmc::kernels::helium {

inline constexpr int32_t kBlock = 4;
inline constexpr int32_t kChannelWords = 3 * kBlock;  // of a block

struct DotRows {
  const int8_t* weights;
  const int32_t* channels;
  int32_t inputs, outputs;
  OutputRange range;
};

constexpr int32_t blocks_of(int32_t outputs) {
  return (outputs + kBlock - 1) / kBlock;
}

// One accumulator for each output of a block. They are no array, because GCC would keep that in memory.
struct DotSums {
  int32_t first = 0, second = 0, third = 0, fourth = 0;

  // `load(i)` is the weights of output i.
  template <typename Load>
  void add(S8x16 values, Load load) {
    first = vmladava(first, values, load(0));
    second = vmladava(second, values, load(1));
    third = vmladava(third, values, load(2));
    fourth = vmladava(fourth, values, load(3));
  }
};

inline S32x4 dot_block(const int8_t* input, const int8_t* weights, int32_t inputs) {
  DotSums sums;
  const int8_t* const whole_end = input + inputs / 16 * 16;
  for (; input != whole_end; input += 16, weights += 16 * kBlock) {
    sums.add(vldrb_s8(input), [=](int i) { return vldrb_s8(weights + 16 * i); });
  }
  if (const int32_t rest = inputs % 16; rest != 0) {
    sums.add(vldrb_s8_tail(input, rest), [=](int i) { return vldrb_s8_tail(weights + rest * i, rest); });
  }
  return vmov(sums.first, sums.second, sums.third, sums.fourth);
}

inline void run_dot_rows(const DotRows& rows, const int8_t* input, int8_t* output) {
  const int8_t* weights = rows.weights;
  const int32_t* channels = rows.channels;
  for (int32_t left = rows.outputs; left > 0; left -= kBlock) {
    const S32x4 sums = vadd(vldrw(channels), dot_block(input, weights, rows.inputs));
    const S32x4 scaled = multiply_by_quantized_multiplier(sums, vldrw(channels + 4), vldrw(channels + 8));
    const S32x4 values = to_output(scaled, rows.range);
    if (rows.outputs % kBlock == 0 || left >= kBlock) {
      vstrb_s32(output, values);
    } else {
      vstrb_s32_tail(output, values, left);
    }
    weights += kBlock * rows.inputs;
    channels += kChannelWords;
    output += kBlock;
  }
}

// Instructions of a row, for estimates.
constexpr double dot_rows_instructions(int32_t inputs, int32_t outputs) {
  return 10 + blocks_of(outputs) * (32 + 12.0 * (inputs / 16) + (inputs % 16 != 0 ? 22 : 0));
}

}  // namespace tmc::kernels::helium
