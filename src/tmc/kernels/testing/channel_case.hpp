// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Random constants for the kernels whose model constants are weights, bias, multiplier and shift per output channel.

#include <algorithm>

#include "tmc/base/host/quantization.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels::testing {

struct ChannelRanges {
  int weight_limit = 127;  // weights reach from -weight_limit to weight_limit; 128 stands for -128 to 127
  int bias_limit = 20000;
  double scale = 0.002;  // channels' real multipliers lie from 0.3 to 3 times this
  bool rounds_once = false;
};

inline std::vector<Blob> random_channel_constants(std::mt19937& rng, size_t weights, size_t outputs,
                                                  const ChannelRanges& ranges) {
  std::vector<int32_t> multiplier(outputs), shift(outputs);
  for (size_t o = 0; o < outputs; ++o) {
    const double real = ranges.scale * std::uniform_real_distribution<>(0.3, 3.0)(rng);
    const auto fixed = ranges.rounds_once ? quantize_multiplier_for_one_rounding(real) : quantize_multiplier(real);
    multiplier[o] = fixed.multiplier;
    shift[o] = fixed.shift;
  }
  return {make_blob(DType::kI8,
                    random_values<int8_t>(rng, weights, -ranges.weight_limit, std::min(ranges.weight_limit, 127))),
          make_blob(DType::kI32, random_values<int32_t>(rng, outputs, -ranges.bias_limit, ranges.bias_limit)),
          make_blob(DType::kI32, multiplier), make_blob(DType::kI32, shift)};
}

// Ranges that a test should meet in turn: usual ones, weights at both limits, multipliers above 1 and near 0, biases
// that push sums to their limits, one rounding, and one rounding or two.
inline ChannelRanges ranges_of_round(int round) {
  switch (round % 8) {
    case 0:
      return {128, 20000, 0.002};
    case 1:
      return {127, 20000, 2.0};
    case 2:
      return {127, 20000, 1e-9};
    case 3:
      return {127, 2000000000, 1e-7};
    case 4:
      return {127, 3000, 0.004, true};
    case 5:
      return {128, 20000, 0x1p-13, true};
    case 6:
      return {127, 200, 0.3, true};
    default:
      return {127, 3000, 0.004};
  }
}

}  // namespace tmc::kernels::testing
