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

template <typename Visit>
void for_each_function(Visit visit) {
  Unary::for_each(visit);
  Lowered::for_each(visit);
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
    if constexpr (std::is_same_v<F, Clip>) return;  // either bound will do (base/math.hpp)
    EXPECT_TRUE(std::isnan(with_defaults<F>(std::numeric_limits<float>::quiet_NaN()))) << F::kName;
  });
}

TEST(Functions, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for_each_function([&]<typename F>(F) {
    EXPECT_TRUE(names.insert(F::kName).second) << F::kName;
    EXPECT_NE(std::string(F::kDoc), "");
  });
}

}  // namespace
}  // namespace tmc::function
