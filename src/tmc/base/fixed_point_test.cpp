// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/fixed_point.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/base/host/quantization.hpp"

namespace tmc {
namespace {

TEST(FixedPoint, RoundingDivideTiesGoAwayFromZero) {
  EXPECT_EQ(rounding_divide_by_pot(5, 1), 3);
  EXPECT_EQ(rounding_divide_by_pot(-5, 1), -3);
  EXPECT_EQ(rounding_divide_by_pot(-4, 3), -1);
  EXPECT_EQ(rounding_divide_by_pot(-3, 3), 0);
  EXPECT_EQ(rounding_divide_by_pot(INT32_MIN, 31), -1);
  EXPECT_EQ(rounding_divide_by_pot(INT32_MAX, 31), 1);
  EXPECT_EQ(rounding_divide_by_pot(7, 0), 7);
}

TEST(FixedPoint, HighMulSaturatesAtTheOneOverflow) {
  EXPECT_EQ(saturating_rounding_doubling_high_mul(INT32_MIN, INT32_MIN), INT32_MAX);
  EXPECT_EQ(saturating_rounding_doubling_high_mul(INT32_MIN, INT32_MAX), -INT32_MAX);
  EXPECT_EQ(saturating_rounding_doubling_high_mul(1 << 30, 1), 1);
  EXPECT_EQ(saturating_rounding_doubling_high_mul(-(1 << 30), 1), 0);
}

TEST(FixedPoint, ReducedMultiplierRoundsOnceWithTiesUpward) {
  EXPECT_EQ(reduced_multiplier(1 << 30), 1 << 14);
  EXPECT_EQ(reduced_multiplier((1 << 30) + (1 << 15)), (1 << 14) + 1);
  EXPECT_EQ(reduced_multiplier((1 << 30) + (1 << 15) - 1), 1 << 14);
  EXPECT_EQ(reduced_multiplier(INT32_MAX), 0x7FFF);
  EXPECT_EQ(multiply_by_reduced_multiplier(5, 1 << 30, 0), 3);
  EXPECT_EQ(multiply_by_reduced_multiplier(-5, 1 << 30, 0), -2);
  EXPECT_EQ(multiply_by_reduced_multiplier(-5, 0, 0), 0);
}

TEST(FixedPoint, ReducedMultiplierTakesItsWholeDomain) {
  const int64_t most = (int64_t{1} << 47) - 1;
  EXPECT_EQ(multiply_by_reduced_multiplier(most, 1 << 30, -31), 1 << 15);
  EXPECT_EQ(multiply_by_reduced_multiplier(-most - 1, INT32_MAX, -31), -65534);
  EXPECT_EQ(multiply_by_reduced_multiplier(7, 1 << 30, kMostReducedShift), 7 << 13);
  // Modulo 2^32.
  EXPECT_EQ(multiply_by_reduced_multiplier(int64_t{1} << 31, 1 << 30, 1), INT32_MIN);
}

TEST(QuantizeMultiplier, StaysWithinHalfAStepOfTheReal) {
  for (double real : {1e-9, 0.00037, 0.25, 0.4999999999, 0.5, 0.9999999999, 1.0, 3.7, 1e6}) {
    const FixedMultiplier fixed = quantize_multiplier(real);
    const double back = std::ldexp(static_cast<double>(fixed.multiplier), fixed.shift - 31);
    EXPECT_NEAR(back / real, 1.0, 1e-9) << real;
    EXPECT_GE(fixed.multiplier, 1 << 30) << real;
  }
  EXPECT_EQ(quantize_multiplier(0).multiplier, 0);
  EXPECT_EQ(quantize_multiplier(1e-12).multiplier, 0);
  EXPECT_EQ(quantize_multiplier(1e12).multiplier, INT32_MAX);
}

TEST(QuantizeMultiplier, ForOneRoundingHasNoShiftToTheRight) {
  for (const double real : {0x1p-13, 0.00037, 0.01, 0.31, 0.4997, 0.5, 0.9999999999}) {
    const FixedMultiplier fixed = quantize_multiplier_for_one_rounding(real);
    EXPECT_NEAR(std::ldexp(static_cast<double>(fixed.multiplier), fixed.shift - 31), real, 0x1p-31) << real;
    EXPECT_EQ(fixed.shift, real == 0.9999999999 ? quantize_multiplier(real).shift : 0) << real;
    for (const int32_t value : {-1'000'003, -77, 1, 2'345, 400'009}) {
      const int32_t scaled = multiply_by_quantized_multiplier(value, fixed.multiplier, fixed.shift);
      EXPECT_EQ(scaled, std::floor(value * real + 0.5)) << value << " * " << real;
    }
  }
}

TEST(QuantizeMultiplier, ForOneRoundingIsTheUsualOneBeyondItsReach) {
  for (const double real : {0.0, 1e-9, 0.999 * 0x1p-13, 1.0, 3.7}) {
    const FixedMultiplier fixed = quantize_multiplier_for_one_rounding(real);
    EXPECT_EQ(fixed.multiplier, quantize_multiplier(real).multiplier);
    EXPECT_EQ(fixed.shift, quantize_multiplier(real).shift);
  }
}

// 5 * 0.2999 = 1.4995, which the first of two roundings makes 1.5.
TEST(QuantizeMultiplier, ForOneRoundingGivesWhatRealsGive) {
  const auto scaled = [](int32_t value, const FixedMultiplier& fixed) {
    return multiply_by_quantized_multiplier(value, fixed.multiplier, fixed.shift);
  };
  EXPECT_EQ(scaled(5, quantize_multiplier(0.2999)), 2);
  EXPECT_EQ(scaled(5, quantize_multiplier_for_one_rounding(0.2999)), 1);
}

}  // namespace
}  // namespace tmc
