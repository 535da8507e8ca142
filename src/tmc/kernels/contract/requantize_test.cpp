// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/requantize.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/requantize_case.hpp"

namespace tmc::kernels {
namespace {

using testing::expect_random_scales;

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
