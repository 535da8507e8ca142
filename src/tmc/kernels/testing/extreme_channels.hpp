// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants at the ends of their ranges for the kernels whose model constants are weights, bias, multiplier and shift:
// what a fast implementation may not be at a loss with.

#include "tmc/kernels/testing/channel_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

// What layers have in plenty, which every implementation takes.
inline std::vector<Blob> plain_channels(std::mt19937& rng, const std::vector<Blob>& constants) {
  const size_t outputs = constants[1].bytes.size() / 4;
  return random_channel_constants(rng, constants[0].bytes.size(), outputs, {127, 2000, 0.001});
}

// Each of these alone keeps sums, weights or multipliers from a short form: weights of -128 above negative ones, all
// weights at one end, so that sums take more than 24 bits; biases of 31 bits; right shifts of 13 to 31, none and one;
// left shifts, as far as sums shifted by them have 32 bits; one rounding and two, in turn and in one layer.
inline std::vector<Blob> extreme_channels(std::mt19937& rng, const std::vector<Blob>& constants) {
  const size_t outputs = constants[1].bytes.size() / 4;
  const size_t window = constants[0].bytes.size() / outputs;
  std::vector<int8_t> weights = random_values<int8_t>(rng, outputs * window, -128, 127);
  std::vector<int32_t> bias(outputs), multiplier(outputs), shift(outputs);
  const int layer = pick(rng, 0, 4);  // 4: something of everything
  for (size_t o = 0; o < outputs; ++o) {
    const auto begin = weights.begin() + static_cast<std::ptrdiff_t>(o * window);
    if (pick(rng, 0, 3) == 0) std::fill_n(begin, window, static_cast<int8_t>(pick(rng, 0, 1) ? -128 : 127));
    const int kind = layer == 4 ? pick(rng, 0, 3) : layer;
    const auto full = [&] { return pick(rng, 1 << 30, INT32_MAX); };
    if (kind == 0) {  // large sums far to the right
      multiplier[o] = full(), shift[o] = -pick(rng, 13, 31), bias[o] = pick(rng, -2000000000, 2000000000);
    } else if (kind == 1) {  // as quantisers of both kinds make them
      const FixedMultiplier fixed = pick_multiplier(rng, 1e-6, 0.9);
      multiplier[o] = fixed.multiplier, shift[o] = fixed.shift, bias[o] = pick(rng, -20000, 20000);
    } else if (kind == 2) {  // above 1/4
      multiplier[o] = full(), shift[o] = pick(rng, -1, 5), bias[o] = pick(rng, -2000, 2000);
    } else {  // the ends of the multipliers' range
      multiplier[o] = pick(rng, 0, 1) ? 1 << 30 : INT32_MAX, shift[o] = -pick(rng, 0, 31);
      bias[o] = pick(rng, -20000000, 20000000);
    }
  }
  return {make_blob(DType::kI8, weights), make_blob(DType::kI32, bias), make_blob(DType::kI32, multiplier),
          make_blob(DType::kI32, shift)};
}

}  // namespace tmc::kernels::testing
