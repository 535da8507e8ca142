// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows of int16 inputs by blocks of four output channels, with the loop of detail/single_rows.hpp: its lanes are the
// inputs as they lie, two to a word, and each weight word holds inputs 0, 2, 1 and 3 of a channel.

#include "tmc/kernels/armv7em/detail/int16_channel.hpp"
#include "tmc/kernels/armv7em/detail/single_rows.hpp"

namespace tmc::kernels::armv7em {

// So many inputs add up in 32 bits whatever they and the weights are: 504 * 2^15 * 2^7 < 2^31.
inline constexpr int32_t kExactSteps = 63;

struct Int16Rows {
  const int32_t* lanes;
  const int32_t* weights;  // [blocks of four channels][steps][2][4 channels][4 inputs]
  int32_t steps;           // of eight inputs
  int32_t count;           // channels
  int32_t low, high;       // of the outputs
};

inline void run_block(const Int16Rows& rows, const int32_t* weights, const ShortChannel* channels, int32_t count,
                      int16_t* output) {
  int32_t sums[4];
  for (int32_t i = 0; i < 4; ++i) sums[i] = channels[i].bias;
  const SingleTile tile{rows.lanes, weights, weights + 8 * rows.steps, sums};
  run_single_tile(&tile);
  for (int32_t i = 0; i < count; ++i) output[i] = rescale(sums[i], channels[i], rows.low, rows.high);
}

inline void run_block(const Int16Rows& rows, const int32_t* weights, const LongChannel* channels, int32_t count,
                      int16_t* output) {
  int64_t totals[4];
  for (int32_t i = 0; i < 4; ++i) totals[i] = channels[i].bias;
  for (int32_t first = 0; first < rows.steps; first += kExactSteps) {
    const int32_t end = rows.steps - first < kExactSteps ? rows.steps : first + kExactSteps;
    int32_t sums[4] = {};
    const SingleTile tile{rows.lanes + 4 * first, weights + 8 * first, weights + 8 * end, sums};
    run_single_tile(&tile);
    for (int32_t i = 0; i < 4; ++i) totals[i] += sums[i];
  }
  for (int32_t i = 0; i < count; ++i) output[i] = rescale(totals[i], channels[i], rows.low, rows.high);
}

template <typename AnyChannel>
void run_int16_rows(const Int16Rows& rows, const AnyChannel* channels, int16_t* output) {
  const int32_t* weights = rows.weights;
  for (int32_t left = rows.count; left > 0; left -= 4, weights += 8 * rows.steps, channels += 4, output += 4) {
    run_block(rows, weights, channels, left < 4 ? left : 4, output);
  }
}

}  // namespace tmc::kernels::armv7em
