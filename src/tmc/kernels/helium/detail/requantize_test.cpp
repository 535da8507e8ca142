// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/helium/detail/requantize.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "tmc/base/fixed_point.hpp"

namespace tmc::kernels::helium {
namespace {

// Four values at a time, with the multiplier and the shift in lanes and as scalars.
void expect_exact(const std::vector<int32_t>& values, int32_t multiplier, int32_t shift) {
  for (size_t i = 0; i + 4 <= values.size(); i += 4) {
    const S32x4 four = vldrw(values.data() + i);
    const S32x4 by_lane = multiply_by_quantized_multiplier(four, vdup_s32(multiplier), vdup_s32(shift));
    const S32x4 by_scalar = multiply_by_quantized_multiplier(four, multiplier, shift);
    for (size_t lane = 0; lane < 4; ++lane) {
      const int32_t expected = tmc::multiply_by_quantized_multiplier(values[i + lane], multiplier, shift);
      ASSERT_EQ(by_lane.lane[lane], expected) << values[i + lane] << " " << multiplier << " " << shift;
      ASSERT_EQ(by_scalar.lane[lane], expected) << values[i + lane] << " " << multiplier << " " << shift;
    }
  }
}

// With the multiplier 1/2 the high product of 2 * n is n, with ties of its own for odd values; so the shift sees every
// tie, its neighbours, and both ends of the range.
TEST(HeliumRequantize, TiesOfBothRoundingsAreExactAtEveryShift) {
  for (int32_t shift = -31; shift <= 0; ++shift) {
    std::vector<int32_t> values = {INT32_MIN, INT32_MIN + 1, INT32_MAX, INT32_MAX - 1};
    const int64_t half = (int64_t{1} << -shift) / 2;
    for (int64_t tie = -9; tie <= 9; ++tie) {
      for (int64_t near = -4; near <= 4; ++near) {
        const int64_t value = 2 * half * tie + near;
        values.push_back(static_cast<int32_t>(std::clamp<int64_t>(value, INT32_MIN, INT32_MAX)));
      }
    }
    values.resize((values.size() + 3) / 4 * 4);
    for (const int32_t multiplier : {1 << 30, -(1 << 30), INT32_MAX, INT32_MIN, 1, 0}) {
      expect_exact(values, multiplier, shift);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(HeliumRequantize, RandomValuesAreExactAtEveryShiftToEitherSide) {
  std::mt19937 rng(5);
  std::uniform_int_distribution<int32_t> any(INT32_MIN, INT32_MAX);
  for (int32_t shift = -31; shift <= 30; ++shift) {
    for (int round = 0; round < 100; ++round) {
      std::vector<int32_t> values(16);
      for (int32_t& value : values) value = any(rng) >> std::uniform_int_distribution<>(0, 31)(rng);
      expect_exact(values, any(rng), shift);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(HeliumRequantize, TheOutputIsClampedAfterTheZeroPoint) {
  const S32x4 output = to_output(vmov(-100, -3, 4, 300), {5, -10, 120});
  const int32_t expected[4] = {-10, 2, 9, 120};
  for (size_t lane = 0; lane < 4; ++lane) EXPECT_EQ(output.lane[lane], expected[lane]);
}

}  // namespace
}  // namespace tmc::kernels::helium
