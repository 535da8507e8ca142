// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/requantize.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/requantize_case.hpp"

namespace tmc::kernels {
namespace {

template <typename In, typename Out>
std::vector<std::string> expect_random_scales(DType from, DType to, int32_t step, uint32_t seed) {
  std::vector<std::string> tested;
  std::mt19937 rng(seed);
  for (int round = 0; round < 30; ++round) {
    const FixedMultiplier fixed = round == 0 ? quantize_multiplier(1) : testing::pick_multiplier(rng, 1e-6, 300);
    const auto made = testing::requantize_case<In, Out>(rng, from, to, fixed, step);
    const Requantize::Params& p = made.params;
    std::vector<Out> expected;
    for (const In q : made.input) {
      const double scaled = testing::naive_requantize(q - p.input_zero_point, p.multiplier, p.shift);
      expected.push_back(
          static_cast<Out>(testing::naive_clamp(scaled + p.output_zero_point, p.activation_min, p.activation_max)));
    }
    EXPECT_EQ(testing::expect_implementations_agree(made.test_case, &tested), testing::to_bytes(expected))
        << dtype_name(from) << " to " << dtype_name(to) << ", round " << round;
  }
  return tested;
}

TEST(Requantize, EveryPairOfTypesIsExact) {
  expect_random_scales<int8_t, int8_t>(DType::kI8, DType::kI8, 1, 101);
  expect_random_scales<int8_t, uint8_t>(DType::kI8, DType::kU8, 1, 102);
  expect_random_scales<int8_t, int16_t>(DType::kI8, DType::kI16, 1, 103);
  expect_random_scales<uint8_t, int8_t>(DType::kU8, DType::kI8, 1, 104);
  expect_random_scales<uint8_t, uint8_t>(DType::kU8, DType::kU8, 1, 105);
  expect_random_scales<uint8_t, int16_t>(DType::kU8, DType::kI16, 1, 106);
  expect_random_scales<int16_t, uint8_t>(DType::kI16, DType::kU8, 61, 108);
  auto tested = expect_random_scales<int16_t, int8_t>(DType::kI16, DType::kI8, 61, 107);
  for (const std::string& implementation : expect_random_scales<int16_t, int16_t>(DType::kI16, DType::kI16, 61, 109)) {
    tested.push_back(implementation);
  }
  testing::expect_all_were_tested(*find_kernel("requantize"), tested);
}

TEST(Requantize, ARangeBeyondTheOutputsTypeIsRefused) {
  const auto applies = [](int32_t low, int32_t high) {
    const Requantize::Params p{
        1, static_cast<int32_t>(DType::kI16), static_cast<int32_t>(DType::kI8), 0, 0, 1 << 30, 0, low, high};
    return find_implementation("portable", "requantize")->applies(to_words(p));
  };
  EXPECT_TRUE(applies(-128, 127));
  EXPECT_FALSE(applies(-129, 127));
  EXPECT_FALSE(applies(-128, 128));
}

}  // namespace
}  // namespace tmc::kernels
