// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The loops of the float layers, each compiled for several instruction sets, of which the best that this processor has
// runs (host/dispatch.hpp). All of them read the same constants. An output adds up its products one after the other,
// from the bias on, fused where the instruction set can: those that can give the same bits, and so do those that
// cannot.
//
// Weights lie in blocks of kOutputBlock outputs: [outputs / kOutputBlock][inputs][kOutputBlock], so that registers hold
// one input of each of some outputs; what is past the last output is 0. A bias has as many values as there are outputs
// in whole blocks.

#include <stdint.h>

namespace tmc::kernels::highway {

constexpr int32_t kOutputBlock = 16;
constexpr int32_t float_blocks(int32_t outputs) {
  return (outputs + kOutputBlock - 1) / kOutputBlock;
}

// output[r, o] = clamp(bias[o] + sum over run, i of begins[run, r][first + i] * weights[o, run * values + i]).
struct FloatProducts {
  const float* const* begins;  // [runs, rows]: where the values of a row lie, a run of them at a time
  int32_t rows, runs, values;
  int32_t first;
  const float* weights;
  const float* bias;  // or null: 0
  int32_t outputs;
  float low, high;
  float* output;
  int64_t output_stride;  // elements, from a row to the next
};
// Weights are read once a call, and rows once for every block or two: some dozens of rows a call are right
// (kFloatRows).
constexpr int32_t kFloatRows = 84;
void multiply_floats(const FloatProducts& p);

// output[r, c] = clamp(bias[c] + sum over tap of begins[tap, r][c] * weights[c, tap]).
struct FloatTaps {
  const float* const* begins;  // [taps, rows]
  int32_t rows, taps;
  const float* weights;
  const float* bias;
  int32_t channels;
  float low, high;
  float* output;  // [rows, channels]
};
void multiply_float_taps(const FloatTaps& p);

// Of a window, of which there is a table of pointers for so many rows.
constexpr int32_t kMostFloatTaps = 4096;
template <typename Params>
constexpr bool has_few_taps(const Params& p) {
  return int64_t{p.kernel_h} * p.kernel_w <= kMostFloatTaps;
}

}  // namespace tmc::kernels::highway
