// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tmc {
namespace {

// Steps of float between the result and the exact value; subnormals have the least normal's step.
double ulp_error(float actual, double exact) {
  const double magnitude = std::fmax(std::fabs(exact), std::ldexp(1.0, -126));
  return std::fabs(actual - exact) / std::ldexp(1.0, std::ilogb(magnitude) - 23);
}

TEST(ExpF32, StaysWithinItsStatedError) {
  double worst_normal = 0;
  double worst_subnormal = 0;
  for (double x = -104; x < 88.72; x += 0.000317) {
    const auto rounded = static_cast<float>(x);
    const double exact = std::exp(static_cast<double>(rounded));
    double& worst = exact < std::ldexp(1.0, -126) ? worst_subnormal : worst_normal;
    worst = std::fmax(worst, ulp_error(exp_f32(rounded), exact));
  }
  EXPECT_LT(worst_normal, 1.0);
  EXPECT_LE(worst_subnormal, 1.0);
}

TEST(ExpF32, EndsOfTheRange) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(exp_f32(0), 1.0F);
  EXPECT_EQ(exp_f32(88.73F), kInfinity);
  EXPECT_EQ(exp_f32(kInfinity), kInfinity);
  EXPECT_LT(exp_f32(88.7228F), kInfinity);
  EXPECT_EQ(exp_f32(-104), 0.0F);
  EXPECT_EQ(exp_f32(-kInfinity), 0.0F);
  EXPECT_TRUE(std::isnan(exp_f32(std::numeric_limits<float>::quiet_NaN())));
}

double worst_error(float (*function)(float), double (*exact)(double)) {
  double worst = 0;
  for (double x = -87; x < 87; x += 0.000317) {
    const auto rounded = static_cast<float>(x);
    worst = std::fmax(worst, ulp_error(function(rounded), exact(static_cast<double>(rounded))));
  }
  for (float x = 1e-30F; x < 1; x *= 1.01F) {
    worst = std::fmax(worst, ulp_error(function(x), exact(static_cast<double>(x))));
  }
  return worst;
}

TEST(SigmoidF32, StaysWithinItsStatedError) {
  EXPECT_LT(worst_error(&sigmoid_f32, [](double x) { return 1 / (1 + std::exp(-x)); }), 2.5);
  EXPECT_EQ(sigmoid_f32(0), 0.5F);
  EXPECT_EQ(sigmoid_f32(std::numeric_limits<float>::infinity()), 1.0F);
  EXPECT_EQ(sigmoid_f32(-std::numeric_limits<float>::infinity()), 0.0F);
  EXPECT_TRUE(std::isnan(sigmoid_f32(std::numeric_limits<float>::quiet_NaN())));
}

TEST(TanhF32, StaysWithinItsStatedError) {
  EXPECT_LT(worst_error(&tanh_f32, [](double x) { return std::tanh(x); }), 2.0);
  EXPECT_EQ(tanh_f32(std::numeric_limits<float>::infinity()), 1.0F);
  EXPECT_EQ(tanh_f32(-100), -1.0F);
  EXPECT_EQ(tanh_f32(-0.0F), 0.0F);
  EXPECT_TRUE(std::isnan(tanh_f32(std::numeric_limits<float>::quiet_NaN())));
}

TEST(SqrtF32, IsTheNearestFloat) {
  for (const auto function : {&sqrt_f32, &sqrt_f32_by_digits}) {
    for (float x = 1e-45F; x < 1e38F; x *= 1.0001F) {
      x = std::nextafter(x, std::numeric_limits<float>::infinity());
      ASSERT_EQ(function(x), std::sqrt(x)) << x;
    }
    for (int i = 0; i < 5000; ++i) ASSERT_EQ(function(static_cast<float>(i * i)), static_cast<float>(i));
    EXPECT_EQ(function(std::numeric_limits<float>::max()), std::sqrt(std::numeric_limits<float>::max()));
    EXPECT_EQ(function(std::numeric_limits<float>::infinity()), std::numeric_limits<float>::infinity());
    EXPECT_TRUE(std::signbit(function(-0.0F)));
    EXPECT_TRUE(std::isnan(function(-1)));
    EXPECT_TRUE(std::isnan(function(-std::numeric_limits<float>::infinity())));
    EXPECT_TRUE(std::isnan(function(std::numeric_limits<float>::quiet_NaN())));
  }
}

TEST(ErfF32, StaysWithinItsStatedError) {
  EXPECT_LT(worst_error(&erf_f32, [](double x) { return std::erf(x); }), 3.0);
  EXPECT_EQ(erf_f32(0), 0.0F);
  EXPECT_EQ(erf_f32(std::numeric_limits<float>::infinity()), 1.0F);
  EXPECT_EQ(erf_f32(-std::numeric_limits<float>::infinity()), -1.0F);
  EXPECT_TRUE(std::isnan(erf_f32(std::numeric_limits<float>::quiet_NaN())));
}

TEST(RoundF32, TakesHalvesAwayFromZero) {
  for (int i = -1000; i <= 1000; ++i) {
    const float value = static_cast<float>(i) * 0.25F;
    EXPECT_EQ(round_f32(value), static_cast<int32_t>(std::round(value))) << value;
    const float below = std::nextafter(value, -1e9F);
    EXPECT_EQ(round_f32(below), static_cast<int32_t>(std::round(below))) << below;
  }
  EXPECT_EQ(round_f32(0.49999997F), 0);
}

TEST(ClampF32, KeepsWhatLiesBetween) {
  EXPECT_EQ(clamp_f32(-2, -1, 6), -1.0F);
  EXPECT_EQ(clamp_f32(7, -1, 6), 6.0F);
  EXPECT_EQ(clamp_f32(0.5F, -1, 6), 0.5F);
  EXPECT_EQ(clamp_f32(1e30F, -std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity()), 1e30F);
}

}  // namespace
}  // namespace tmc
