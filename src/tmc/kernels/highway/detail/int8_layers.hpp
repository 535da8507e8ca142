// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The loops of the int8 layers, each compiled for several instruction sets, of which the best that this processor has
// runs (host/dispatch.hpp). All of them read the same constants and give the same bits.
//
// Weights lie in blocks of kBlock outputs: [outputs / kBlock][inputs / kQuad][kBlock][kQuad], so that a register holds
// four inputs of each of some outputs; what is past the ends is 0. Inputs are taken plus 128, as bytes without sign,
// which one instruction multiplies by bytes with sign where there is one. What that and the zero point add to a sum is
// taken off the bias. Channels are [outputs / kBlock] records, each of rows of kBlock numbers, one a channel
// (detail/requantize.inl).

#include <stdint.h>

namespace tmc::kernels::highway {

constexpr int32_t kBlock = 16;
constexpr int32_t kQuad = 4;

// Rows of a record. The left shift is one more than that of the multiplier. The two rows of what is added to products
// are 64 bits a channel, those of the even channels first.
constexpr int32_t kBiasRow = 0, kMultiplierRow = 1, kLeftRow = 2, kRightRow = 3, kEvenRow = 4, kOddRow = 5;
constexpr int32_t kShortRow = 6;  // not 0 where the short form of requantisation is exact for the whole block
constexpr int32_t kRecord = 7 * kBlock;

// What the short form adds to a product, of which the upper half is shifted to the right afterwards: one half for each
// rounding, and the zero point, for which upper halves, below 2^30, have room.
constexpr int32_t kMostShortRight = 22;
constexpr int64_t short_form_added(int32_t right, int32_t zero_point) {
  const int64_t upper = int64_t{zero_point} * (int64_t{1} << right) + (right > 0 ? int64_t{1} << (right - 1) : 0);
  return (int64_t{1} << 31) + upper * (int64_t{1} << 32);
}

constexpr int32_t round_up(int32_t value, int32_t to) {
  return (value + to - 1) / to * to;
}

struct OutputRange {
  int32_t zero_point, low, high;
};

// Places of rows: `lines` times `columns`.
struct Rows {
  int32_t lines, columns;
  int32_t line_stride, column_stride;  // bytes
};

// What a row consists of: `outer` times `inner` runs of kQuad * quads bytes.
struct Runs {
  int32_t outer, inner, quads;
  int32_t outer_stride, inner_stride;  // bytes
};

// output[r, o] = requantise(bias[o] + sum over i of input[r, i] * weights[o, i]) with `i` over all runs of a row.
struct ProductRows {
  const int8_t* input;
  Rows rows;
  Runs runs;
  const int8_t* weights;
  const int32_t* channels;
  int32_t outputs;
  OutputRange range;
  int8_t* output;  // [lines, columns, outputs]
};
void multiply_rows(const ProductRows& p);

// output[o] = sum over i of (input[i] - zero_point) * weights[o, i] * weight_scale[o] * scale + bias[o], within [low,
// high], as contract/conv2d_hybrid.hpp says. Before the blocks of weights lie the sums of every output's, i32 of whole
// blocks, as scales and biases are.
struct HybridRow {
  const int8_t* input;
  int32_t quads;
  int32_t zero_point;
  float scale;
  const int8_t* weights;
  const float* weight_scale;
  const float* bias;
  int32_t outputs;
  float low, high;
  float* output;
};
void multiply_hybrid_row(const HybridRow& p);

// output[r, c] = requantise(bias[c] + sum over the taps of input[r, taps[tap] + c] * weights[tap, c]), with weights as
// [channels / kBlock][pairs][kBlock][2]. The bias has the zero point's share alone taken off. Channels are read in
// whole blocks.
struct DepthwiseRows {
  static constexpr int32_t kMostTaps = 64;

  const int8_t* input;
  Rows rows;
  const int64_t* taps;  // [2 * pairs], in bytes; readable up to a multiple of kQuad
  int32_t pairs;
  const int8_t* weights;
  const int32_t* channel_records;
  int32_t channels;
  OutputRange range;
  int8_t* output;  // [lines, columns, channels]
};
void multiply_taps(const DepthwiseRows& p);

// What multiplies an operand of a sum before it is added: (value - zero_point) << left_shift, requantised.
struct Scaling {
  int32_t zero_point, multiplier, right_shift;
};
struct ScaledSum {
  const int8_t *a, *b;
  int32_t elements;
  Scaling of_a, of_b;
  int32_t left_shift;  // of both
  int32_t b_sign;
  int32_t multiplier, shift_left, shift_right;  // of the sum
  OutputRange range;
  int8_t* output;
};
void add_scaled(const ScaledSum& p);

}  // namespace tmc::kernels::highway
