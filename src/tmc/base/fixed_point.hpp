// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The one integer semantics of tinymlc: TFLite's requantisation. A real multiplier m is held as a Q31 integer
// `multiplier` and a power of two `shift` with m = multiplier * 2^(shift - 31); a positive shift is to the left. It
// rounds twice, after the product and after a shift to the right. TFLite's multipliers have all 31 bits and a shift
// that fits; a smaller multiplier and no shift round once. Layers of int16 activations round once, by a shorter
// multiplier. Source: LiteRT's reference kernels, "Integer quantization for deep learning inference"
// (arXiv:1712.05877), section 2.2.

#include <stdint.h>

namespace tmc {

struct FixedMultiplier {
  int32_t multiplier = 0;
  int32_t shift = 0;
};

constexpr int32_t clamp(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

// round(a * b / 2^31), ties away from zero for positive and toward zero for negative products, saturated.
constexpr int32_t saturating_rounding_doubling_high_mul(int32_t a, int32_t b) {
  if (a == INT32_MIN && b == INT32_MIN) return INT32_MAX;
  const int64_t product = static_cast<int64_t>(a) * b;
  const int64_t nudge = product >= 0 ? (int64_t{1} << 30) : 1 - (int64_t{1} << 30);
  return static_cast<int32_t>((product + nudge) / (int64_t{1} << 31));
}

// round(value / 2^exponent), ties away from zero; exponent in [0, 31].
constexpr int32_t rounding_divide_by_pot(int32_t value, int32_t exponent) {
  const int32_t mask = static_cast<int32_t>((int64_t{1} << exponent) - 1);
  const int32_t remainder = value & mask;
  const int32_t threshold = (mask >> 1) + (value < 0 ? 1 : 0);
  return (value >> exponent) + (remainder > threshold ? 1 : 0);
}

// Left shift that wraps modulo 2^32, as the reference does on the accumulator.
constexpr int32_t wrapping_shift_left(int32_t value, int32_t bits) {
  return static_cast<int32_t>(static_cast<uint32_t>(value) << bits);
}

constexpr int32_t multiply_by_quantized_multiplier(int32_t value, int32_t multiplier, int32_t shift) {
  const int32_t left = shift > 0 ? shift : 0;
  const int32_t right = shift > 0 ? 0 : -shift;
  return rounding_divide_by_pot(saturating_rounding_doubling_high_mul(wrapping_shift_left(value, left), multiplier),
                                right);
}

// What layers of int16 activations do: value * multiplier * 2^(shift - 31) with the multiplier rounded to 15 bits, and
// one rounding, ties upward; modulo 2^32, as the reference has it. `value` has 48 bits, and shift is in [-31, 14]: at
// least one bit goes to the rounding, and no product overflows.
constexpr int32_t kMostReducedShift = 14;
constexpr int32_t reduced_multiplier(int32_t multiplier) {
  return multiplier < 0x7FFF0000 ? (multiplier + (1 << 15)) >> 16 : 0x7FFF;
}
constexpr int32_t multiply_by_reduced_multiplier(int64_t value, int32_t multiplier, int32_t shift) {
  const int32_t right = 15 - shift;
  return static_cast<int32_t>((value * reduced_multiplier(multiplier) + (int64_t{1} << (right - 1))) >> right);
}

}  // namespace tmc
