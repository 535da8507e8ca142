// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/requantize_case.hpp"

namespace tmc::kernels {
namespace {

using testing::expect_random_scales;

TEST(RequantizeS32, EveryPairOfTypesIsExact) {
  expect_random_scales<int8_t, int32_t>(DType::kI8, DType::kI32, 1, 110);
  expect_random_scales<int16_t, int32_t>(DType::kI16, DType::kI32, 61, 111);
  expect_random_scales<int32_t, uint8_t>(DType::kI32, DType::kU8, 6'000'001, 112);
  expect_random_scales<int32_t, int16_t>(DType::kI32, DType::kI16, 6'000'001, 113);
  const auto tested = expect_random_scales<int32_t, int32_t>(DType::kI32, DType::kI32, 6'000'001, 114);
  testing::expect_all_were_tested(*find_kernel(RequantizeS32::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
