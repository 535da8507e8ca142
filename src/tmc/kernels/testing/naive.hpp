// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The fixed-point steps of TFLite once more, written as the real numbers that they stand for: what tests compare the
// portable implementations with. Exact, because a product of two int32 and a power of two fit a 64-bit mantissa.

#include <cmath>
#include <cstdint>
#include <random>

#include "tmc/base/host/quantization.hpp"

namespace tmc::kernels::testing {

// round(value * multiplier / 2^31) with ties upward: what the saturating rounding doubling high multiply computes.
inline double naive_high_mul(double value, int32_t multiplier) {
  const auto product = static_cast<__int128>(value) * multiplier + (__int128{1} << 30);
  return static_cast<double>(product >> 31);
}

// `value` times multiplier * 2^(shift - 31) with both roundings; std::round takes ties away from zero.
inline double naive_requantize(double value, int32_t multiplier, int32_t shift) {
  if (shift > 0) return naive_high_mul(std::ldexp(value, shift), multiplier);
  return std::round(std::ldexp(naive_high_mul(value, multiplier), shift));
}

inline double naive_clamp(double value, double low, double high) {
  return std::fmin(std::fmax(value, low), high);
}

inline int pick(std::mt19937& rng, int low, int high) {
  return std::uniform_int_distribution<>(low, high)(rng);
}

// A multiplier for a real that is log-uniform in [low, high], for one rounding or two.
inline FixedMultiplier pick_multiplier(std::mt19937& rng, double low, double high) {
  const double real = std::exp(std::uniform_real_distribution<>(std::log(low), std::log(high))(rng));
  return rng() % 3 == 0 ? quantize_multiplier_for_one_rounding(real) : quantize_multiplier(real);
}

}  // namespace tmc::kernels::testing
