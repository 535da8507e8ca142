// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fixed-point reciprocal by Newton-Raphson division, with gemmlowp's roundings. Qn.m: m fractional bits in an int32.

#include "tmc/base/fixed_point.hpp"

namespace tmc::kernels {

constexpr int32_t saturating_shift_left(int32_t value, int32_t bits) {
  const int64_t wide = int64_t{value} * (int64_t{1} << bits);
  return wide > INT32_MAX ? INT32_MAX : wide < INT32_MIN ? INT32_MIN : static_cast<int32_t>(wide);
}

// 1 / (1 + x) in Q0.31 for x in [0, 1) in Q0.31.
constexpr int32_t one_over_one_plus(int32_t x) {
  constexpr int32_t k48Over17 = 1515870810;        // Q2.29
  constexpr int32_t kMinus32Over17 = -1010580540;  // Q2.29
  constexpr int32_t kOne = 1 << 29;                // Q2.29
  // (x + 1) / 2 in Q0.31, rounded half away from zero; one is the largest Q0.31.
  const auto half_denominator = static_cast<int32_t>((int64_t{x} + INT32_MAX + 1) / 2);
  int32_t y = k48Over17 + saturating_rounding_doubling_high_mul(half_denominator, kMinus32Over17);
  for (int step = 0; step < 3; ++step) {
    const int32_t error = kOne - saturating_rounding_doubling_high_mul(half_denominator, y);
    y += saturating_shift_left(saturating_rounding_doubling_high_mul(y, error), 2);
  }
  // y is 2 / (1 + x); halved by reading it as Q1.30.
  return saturating_shift_left(y, 1);
}

// A value in [1, 2^integer_bits) with 31 - integer_bits fractional bits as mantissa * 2^exponent with mantissa in [1,
// 2): the reciprocal is reciprocal * 2^-exponent, reciprocal in Q0.31.
struct Reciprocal {
  int32_t reciprocal;
  int32_t exponent;
};

constexpr Reciprocal reciprocal_of(int32_t value, int32_t integer_bits) {
  const int32_t headroom_plus_one = __builtin_clz(static_cast<uint32_t>(value));
  const auto mantissa_minus_one =
      static_cast<int32_t>((static_cast<uint32_t>(value) << headroom_plus_one) - (uint32_t{1} << 31));
  return {one_over_one_plus(mantissa_minus_one), integer_bits - headroom_plus_one};
}

}  // namespace tmc::kernels
