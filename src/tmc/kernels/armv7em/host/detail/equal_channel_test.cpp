// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/equal_channel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tmc/base/fixed_point.hpp"
#include "tmc/base/host/quantization.hpp"

namespace tmc::kernels::armv7em {
namespace {

// Every sum of the range, through the channel and through the contract.
void expect_equal(const Channel& channel, int64_t bias, const SumRange& sums, const Wanted& wanted) {
  for (int64_t sum = sums.low; sum <= sums.high; ++sum) {
    const int64_t widened = ((sum - bias) << channel.widening()) + channel.bias();
    const int32_t value = requantize(static_cast<int32_t>(widened), channel.requantization(), wanted.output.zero_point);
    ASSERT_EQ(clamp(value, wanted.output.low, wanted.output.high), wanted(sum)) << "sum " << sum;
  }
}

Wanted wanted_of(double scale, int32_t zero_point) {
  const FixedMultiplier fixed = quantize_multiplier(scale);
  return {fixed.multiplier, fixed.shift, {zero_point, -128, 127}};
}

TEST(EqualChannel, IsFoundForSumsBeyondTheShortFormsProof) {
  const Wanted wanted = wanted_of(3.74e-5, -128);  // e = 14, |sum| > 2^18
  const SumRange sums{501'087, 637'257};
  const auto channel = find_equal_channel(570'000, sums, wanted, 0);
  ASSERT_TRUE(channel);
  expect_equal(*channel, 570'000, sums, wanted);
}

TEST(EqualChannel, OfASingleStepNeedsASmallerBias) {
  const Wanted wanted{1'565'063'334, -20, {-128, -128, 127}};
  const SumRange sums{26'480'370, 26'636'685};
  EXPECT_EQ(wanted(sums.high), wanted(sums.low) + 1);
  const auto channel = find_equal_channel(26'500'000, sums, wanted, 0);
  ASSERT_TRUE(channel);
  expect_equal(*channel, 26'500'000, sums, wanted);
}

TEST(EqualChannel, OfALargeMultiplierWidensWeights) {
  const Wanted wanted{1'372'856'576, -1, {-128, -128, 127}};
  const SumRange sums{-4142, 123'868};
  EXPECT_FALSE(find_equal_channel(100, sums, wanted, 0));
  const auto channel = find_equal_channel(100, sums, wanted, 7);
  ASSERT_TRUE(channel);
  EXPECT_GT(channel->widening(), 0);
  expect_equal(*channel, 100, sums, wanted);
}

TEST(EqualChannel, IsEqualWhereverItIsFound) {
  std::mt19937 random(1);
  int found = 0;
  for (int round = 0; round < 100; ++round) {
    const double scale = std::exp2(std::uniform_real_distribution(-24.0, -0.5)(random));
    const auto zero_point = std::uniform_int_distribution(-128, 127)(random);
    const int64_t width = std::uniform_int_distribution(1, 60'000)(random);
    const auto center = static_cast<int64_t>(std::uniform_real_distribution(-200.0, 200.0)(random) / scale);
    if (std::abs(center) > 2'000'000'000) continue;
    const SumRange sums{center - width, center + width};
    const Wanted wanted = wanted_of(scale, zero_point);
    const auto channel = find_equal_channel(center, sums, wanted, round % 2 ? 7 : 0);
    if (!channel) continue;
    ++found;
    expect_equal(*channel, center, sums, wanted);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(found, 50);
}

TEST(EqualChannel, OfOneRoundingIsTheContractsOwn) {
  for (const double scale : {0x1p-13, 0.0004, 0.0173, 0.26, 0.4999}) {
    const FixedMultiplier fixed = quantize_multiplier_for_one_rounding(scale);
    const Wanted wanted{fixed.multiplier, fixed.shift, {-5, -128, 127}};
    const SumRange sums{-300'000, 300'000};
    const auto channel = encode_channel(77, sums, fixed.multiplier, 0, 0);
    ASSERT_TRUE(channel);
    EXPECT_TRUE(channel->rounds_once());
    expect_equal(*channel, 77, sums, wanted);
  }
  EXPECT_FALSE(encode_channel(77, {-10, 10}, 1 << 30, 0, 0));
}

TEST(EqualChannel, OfAConstantIsThatConstant) {
  for (int32_t value = -128; value <= 127; ++value) {
    for (const bool once : {false, true}) {
      const FixedMultiplier fixed = once ? quantize_multiplier_for_one_rounding(0.01) : quantize_multiplier(0.01);
      const Channel channel = constant_channel(value, {fixed.multiplier, fixed.shift, {3, -128, 127}});
      EXPECT_EQ(requantize(channel.bias(), channel.requantization(), 3), value);
      EXPECT_EQ(channel.rounds_once(), once);
    }
  }
}

}  // namespace
}  // namespace tmc::kernels::armv7em
