// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/common/row_norm.hpp"
#include "tmc/kernels/testing/norm_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

constexpr int32_t kMost = INT8_MAX;

TEST(NormS8, IsNearTheRowsInReals) {
  std::mt19937 rng(33);
  for (int round = 0; round < 400; ++round) {
    const int32_t depth = round % 20 == 0 ? pick(rng, 100, 4096) : pick(rng, 1, 70);
    decibels_of<int8_t>(
        integer_norm_case<NormS8>(rng, any_rows<int8_t>(rng, pick(rng, 1, 3), depth), depth, pick(rng, 1, 40)));
  }
}

TEST(NormS8, OfRandomRowsTheErrorIsThatOfTheOutputsSteps) {
  std::mt19937 rng(34);
  for (const int32_t depth : {8, 64, 65, 256, 1000, 4096}) {
    const auto rows = random_values<int8_t>(rng, static_cast<size_t>(8 * depth), -kMost / 2, kMost / 2);
    // Of a row of equal chances most elements are within twice its deviation.
    EXPECT_GT(decibels_of<int8_t>(integer_norm_case<NormS8>(rng, rows, depth, kMost / 2)), 40) << depth;
  }
}

TEST(NormS8, TheInverseRootIsExactTo19Bits) {
  for (uint64_t m = uint64_t{1} << 30; m < uint64_t{1} << 32; m += 12345) {
    const double exact = std::ldexp(1 / std::sqrt(std::ldexp(static_cast<double>(m), -30)), 30);
    ASSERT_NEAR(inverse_root_of_mantissa(static_cast<uint32_t>(m)), exact, exact * 0x1p-19) << m;
  }
}

}  // namespace
}  // namespace tmc::kernels
