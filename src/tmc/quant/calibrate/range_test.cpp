// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/calibrate/range.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace tmc::quant {
namespace {

std::vector<float> bell(int count, float outlier) {
  std::mt19937 rng(7);
  std::normal_distribution<float> normal(0, 1);
  std::vector<float> values(static_cast<size_t>(count));
  for (float& value : values) value = normal(rng);
  values.push_back(outlier);
  return values;
}

Histogram histogram_of(const std::vector<float>& values) {
  Histogram histogram;
  histogram.add(values);
  return histogram;
}

double energy_of_error(const std::vector<float>& values, const ir::RealRange& range) {
  const Quantization q = integer_parameters(range, DType::kI8, false);
  double sum = 0;
  for (const float value : values) {
    const auto scale = static_cast<double>(q.scale());
    const double integer = std::clamp(std::round(static_cast<double>(value) / scale) + q.zero_point(), -128.0, 127.0);
    sum += std::pow(scale * (integer - q.zero_point()) - static_cast<double>(value), 2);
  }
  return sum;
}

TEST(Range, MinMaxTakesEverythingAndZero) {
  const ir::RealRange range = choose_range(histogram_of({2, 3, 5}), {.method = RangeMethod::kMinMax});
  EXPECT_EQ(range.min, 0);
  EXPECT_EQ(range.max, 5);
}

TEST(Range, PercentileCutsTheOutlierOff) {
  const Histogram histogram = histogram_of(bell(100000, 500));
  const ir::RealRange range = choose_range(histogram, {.method = RangeMethod::kPercentile, .percentile = 99.9});
  EXPECT_NEAR(range.max, 3.1, 0.3);
  EXPECT_NEAR(range.min, -3.1, 0.3);
}

TEST(Range, MeanSquaredErrorBeatsMinMaxAndEveryNeighbour) {
  std::vector<float> values = bell(20000, 4);
  for (float& value : values) value *= value * value;  // long tails
  const Histogram histogram = histogram_of(values);
  const ir::RealRange best = choose_range(histogram, {.method = RangeMethod::kMeanSquaredError});
  const double least = energy_of_error(values, best);
  EXPECT_LT(least, energy_of_error(values, choose_range(histogram, {.method = RangeMethod::kMinMax})));
  for (const double factor : {0.8, 1.25}) {
    EXPECT_LE(least, 1.02 * energy_of_error(values, {best.min, best.max * factor})) << factor;
    EXPECT_LE(least, 1.02 * energy_of_error(values, {best.min * factor, best.max})) << factor;
  }
}

TEST(Range, KlKeepsWhatFitsAndCutsALongTail) {
  std::vector<float> even;
  for (int i = 0; i < 60000; ++i) even.push_back(static_cast<float>(i) * 1e-4F);
  const ir::RealRange kept = choose_range(histogram_of(even), {.method = RangeMethod::kKl});
  EXPECT_GT(kept.max, 5.5);
  const ir::RealRange cut = choose_range(histogram_of(bell(100000, 40)), {.method = RangeMethod::kKl});
  EXPECT_LT(cut.max, 20);
  EXPECT_GT(cut.max, 2);
}

TEST(Range, SymmetricRangesAreMirrored) {
  for (const RangeMethod method :
       {RangeMethod::kMinMax, RangeMethod::kPercentile, RangeMethod::kMeanSquaredError, RangeMethod::kKl}) {
    const ir::RealRange range = choose_range(histogram_of(bell(1000, 5)), {.method = method, .symmetric = true});
    EXPECT_EQ(range.min, -range.max) << to_string(method);
    EXPECT_GT(range.max, 1) << to_string(method);
  }
}

TEST(Range, ParametersHaveAnExactZero) {
  EXPECT_EQ(integer_parameters({0, 6}, DType::kI8, false), Quantization::per_tensor(6.0F / 255, -128));
  EXPECT_EQ(integer_parameters({-1, 1}, DType::kI8, true), Quantization::per_tensor(1.0F / 127, 0));
  EXPECT_EQ(integer_parameters({1, 2}, DType::kI8, false), Quantization::per_tensor(2.0F / 255, -128));
  EXPECT_EQ(integer_parameters({-3, -2}, DType::kI8, false), Quantization::per_tensor(3.0F / 255, 127));
  EXPECT_EQ(integer_parameters({-1, 0.5}, DType::kI16, true), Quantization::per_tensor(1.0F / 32767, 0));
  EXPECT_EQ(integer_parameters({0, 0}, DType::kI8, false), Quantization::per_tensor(1, 0));
  EXPECT_EQ(integer_parameters({-0.5, 0.77}, DType::kI8, false).zero_point(), -28);
}

TEST(Range, MethodsAreNamed) {
  for (const char* name : {"minmax", "percentile", "mse", "kl"}) {
    EXPECT_STREQ(to_string(parse_range_method(name).value()), name);
  }
  EXPECT_EQ(parse_range_method("best").status().code(), Error::kBadUsage);
}

}  // namespace
}  // namespace tmc::quant
