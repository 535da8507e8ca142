// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/function/function.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <string>

#include "tmc/function/functions.gen.hpp"

namespace tmc::function {
namespace {

// Every function that makes a real of a real.
template <typename Visit>
void for_each_function(Visit visit) {
  const auto visit_real = [&]<typename F>(F function) {
    if constexpr (is_real_function<F>()) visit(function);
  };
  Unary::for_each(visit_real);
  Lowered::for_each(visit_real);
}

template <typename F, typename Real>
Real with_defaults(Real x) {
  Real attributes[kMostAttributes] = {};
  for (size_t i = 0; i < attribute_count<F>(); ++i) {
    attributes[i] = static_cast<Real>(static_cast<float>(F::kAttributes[i].otherwise));
  }
  return evaluate<F>(x, attributes);
}

// Steps of float between a result and the exact value.
double ulp_error(float actual, double exact, double least) {
  const double magnitude = std::max({std::fabs(exact), least, std::ldexp(1.0, -126)});
  return std::fabs(static_cast<double>(actual) - exact) / std::ldexp(1.0, std::ilogb(magnitude) - 23);
}

// Evenly over the range, and as evenly over its exponents.
template <typename F>
std::vector<float> samples() {
  std::mt19937 rng(3);
  std::vector<float> values = {static_cast<float>(F::kSmallest), static_cast<float>(F::kLargest)};
  std::uniform_real_distribution<double> anywhere(F::kSmallest, F::kLargest);
  std::uniform_real_distribution<double> exponent(-30, std::log2(F::kLargest));
  for (int i = 0; i < 40000; ++i) {
    values.push_back(static_cast<float>(anywhere(rng)));
    const auto size = static_cast<float>(std::exp2(exponent(rng)));
    for (const float value : {size, -size}) {
      if (value >= static_cast<float>(F::kSmallest) && value <= static_cast<float>(F::kLargest)) {
        values.push_back(value);
      }
    }
  }
  return values;
}

TEST(Functions, StayWithinTheirStatedErrors) {
  for_each_function([]<typename F>(F) {
    double worst = 0;
    float worst_at = 0;
    for (const float x : samples<F>()) {
      const double exact = with_defaults<F>(static_cast<double>(x));
      const double error = ulp_error(with_defaults<F>(x), exact, F::kLeast);
      if (error > worst) worst_at = x;
      worst = std::max(worst, error);
    }
    EXPECT_LE(worst, std::max(F::kUlps, 0.51)) << F::kName << " of " << worst_at;
  });
}

TEST(Functions, MonotoneOnesNeverFall) {
  for_each_function([]<typename F>(F) {
    if (!F::kMonotone) return;
    double last = -std::numeric_limits<double>::infinity();
    for (double x = std::max(F::kSmallest, -50.0); x < 50; x += 0.01) {
      const double y = with_defaults<F>(x);
      EXPECT_GE(y, last) << F::kName << " of " << x;
      last = y;
    }
  });
}

TEST(Functions, NoNumberGivesNone) {
  for_each_function([]<typename F>(F) {
    // Either bound will do (base/math.hpp); four bits have none.
    if constexpr (std::is_same_v<F, Clip> || std::is_same_v<F, Relu> || std::is_same_v<F, ToFloat4E2m1>) return;
    EXPECT_TRUE(std::isnan(with_defaults<F>(std::numeric_limits<float>::quiet_NaN()))) << F::kName;
  });
}

TEST(Functions, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  const auto add = [&]<typename F>(F) {
    EXPECT_TRUE(names.insert(F::kName).second) << F::kName;
    EXPECT_NE(std::string(F::kDoc), "");
  };
  Unary::for_each(add);
  Binary::for_each(add);
  Reduction::for_each(add);
  Lowered::for_each(add);
}

template <typename F, typename T>
auto reduced(const std::vector<T>& values) {
  auto state = F::template init<T>();
  for (const T value : values) state = F::step(state, value);
  return F::finish(state, static_cast<int32_t>(values.size()));
}

TEST(Functions, ReductionsAreWhatTheirNamesSay) {
  const std::vector<float> values = {3, -4, 3, -4, 1};
  EXPECT_EQ((reduced<Mean>(values)), -0.2F);
  EXPECT_EQ((reduced<ReduceSum>(values)), -1);
  EXPECT_EQ((reduced<ReduceProd>(values)), 144);
  EXPECT_EQ((reduced<ReduceMax>(values)), 3);
  EXPECT_EQ((reduced<ReduceMin>(values)), -4);
  EXPECT_EQ((reduced<ReduceL1>(values)), 15);
  EXPECT_FLOAT_EQ((reduced<ReduceL2>(values)), std::sqrt(51.0F));
  EXPECT_EQ((reduced<ReduceSumSquare>(values)), 51);
  EXPECT_EQ((reduced<ArgMax>(values)), 0);
  EXPECT_EQ((reduced<ArgMaxLast>(values)), 2);
  EXPECT_EQ((reduced<ArgMin>(values)), 1);
  EXPECT_EQ((reduced<ArgMinLast>(values)), 3);
  EXPECT_FLOAT_EQ((reduced<ReduceLogSum, float>({1, 2, 5})), std::log(8.0F));
  EXPECT_FLOAT_EQ((reduced<ReduceLogSumExp, float>({1000, 1000, 999})), 1000 + std::log(2 + std::exp(-1.0F)));
  EXPECT_EQ((reduced<Mean, int32_t>({7, -3, 3})), 2);
  EXPECT_EQ((reduced<ReduceMax, uint8_t>({7, 255, 3})), 255);
  EXPECT_EQ((reduced<ReduceMin, int64_t>({7, INT64_MIN, 3})), INT64_MIN);
  EXPECT_TRUE((reduced<ReduceAny, bool>({false, true})));
  EXPECT_FALSE((reduced<ReduceAll, bool>({false, true})));
}

TEST(Functions, APowerIsNearItsExactValue) {
  std::mt19937 rng(8);
  std::uniform_real_distribution<double> any_base(0.01, 30);
  std::uniform_real_distribution<double> any_exponent(-12, 12);
  for (int i = 0; i < 20000; ++i) {
    const auto base = static_cast<float>(any_base(rng));
    const auto exponent = static_cast<float>(i % 2 == 0 ? any_exponent(rng) : std::round(any_exponent(rng)));
    const double exact = std::pow(static_cast<double>(base), static_cast<double>(exponent));
    EXPECT_LE(ulp_error(Pow::apply(base, exponent), exact, 0), Pow::kUlps) << base << " to " << exponent;
  }
  EXPECT_EQ(Pow::apply(-3.0F, 3.0F), -27);
  EXPECT_EQ(Pow::apply(0.0F, 0.5F), 0);
  EXPECT_TRUE(std::isnan(Pow::apply(-3.0F, 0.5F)));
  EXPECT_EQ(Pow::apply(int32_t{-3}, int32_t{3}), -27);
  EXPECT_EQ(Pow::apply(int8_t{-1}, int8_t{-3}), -1);
  EXPECT_EQ(Pow::apply(int8_t{2}, int8_t{-1}), 0);
}

TEST(Functions, RemaindersAreExact) {
  std::mt19937 rng(9);
  std::normal_distribution<float> any(0, 1000);
  for (int i = 0; i < 20000; ++i) {
    const float a = any(rng);
    const float b = any(rng) / static_cast<float>(1 << (i % 20));
    EXPECT_EQ(Remainder::apply(a, b), std::fmod(a, b)) << a << " by " << b;
  }
  EXPECT_EQ(Remainder::apply(1e30F, 3.0F), std::fmod(1e30F, 3.0F));
  EXPECT_TRUE(std::isnan(Remainder::apply(1.0F, 0.0F)));
  EXPECT_EQ(Remainder::apply(1.0F, std::numeric_limits<float>::infinity()), 1);
  EXPECT_EQ(Mod::apply(-4, 3), 2);
  EXPECT_EQ(Mod::apply(4, -3), -2);
  EXPECT_EQ(Remainder::apply(-4, 3), -1);
  EXPECT_EQ(FloorDiv::apply(-4, 3), -2);
  EXPECT_EQ(FloorDiv::apply(-4.0F, 3.0F), -2);
}

TEST(Functions, IntegersWrapAndDivideByZero) {
  EXPECT_EQ(Add::apply(INT32_MAX, 1), INT32_MIN);
  EXPECT_EQ(Mul::apply(int8_t{100}, int8_t{3}), int8_t{44});
  EXPECT_EQ(Sub::apply(uint8_t{1}, uint8_t{2}), uint8_t{255});
  EXPECT_EQ(Div::apply(7, 0), 0);
  EXPECT_EQ(Div::apply(INT32_MIN, -1), INT32_MIN);
  EXPECT_EQ(Mod::apply(INT64_MIN, int64_t{-1}), 0);
  EXPECT_EQ(Abs::apply(INT32_MIN), INT32_MIN);
  EXPECT_EQ(ShiftLeft::apply(uint8_t{3}, uint8_t{7}), uint8_t{128});
  EXPECT_EQ(ShiftRight::apply(uint32_t{8}, uint32_t{32}), 0);
}

}  // namespace
}  // namespace tmc::function
