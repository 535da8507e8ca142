// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/float16.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tmc {
namespace {

// The value of the bits by definition.
double by_definition(int half) {
  const int exponent = half >> 10 & 31;
  const int fraction = half & 1023;
  const double magnitude = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  return half & 0x8000 ? -magnitude : magnitude;
}

TEST(Float16, EveryHalfWidensExactlyAndNarrowsBack) {
  for (int half = 0; half < 0x10000; ++half) {
    const float wide = widen_f16(static_cast<uint16_t>(half));
    if ((half >> 10 & 31) == 31) {
      EXPECT_EQ(std::isnan(wide), (half & 1023) != 0) << half;
      EXPECT_EQ(std::isinf(wide), (half & 1023) == 0) << half;
      if (std::isnan(wide)) continue;
    } else {
      EXPECT_EQ(wide, by_definition(half)) << half;
    }
    EXPECT_EQ(narrow_f16(wide), half);
  }
}

TEST(Float16, NarrowsToTheNearestTiesToEven) {
  for (int half = 0; half < 0x7BFF; ++half) {
    const auto middle = static_cast<float>((by_definition(half) + by_definition(half + 1)) / 2);
    EXPECT_EQ(narrow_f16(middle), half + (half & 1)) << half;
    EXPECT_EQ(narrow_f16(std::nextafter(middle, 0.0F)), half) << half;
    EXPECT_EQ(narrow_f16(-std::nextafter(middle, 1e9F)), (half + 1) | 0x8000) << half;
  }
}

TEST(Float16, SaturatesToInfinity) {
  EXPECT_EQ(narrow_f16(65519.996F), 0x7BFF);
  EXPECT_EQ(narrow_f16(65520.0F), 0x7C00);
  EXPECT_EQ(narrow_f16(-1e30F), 0xFC00);
  EXPECT_EQ(narrow_f16(std::numeric_limits<float>::quiet_NaN()) & 0x7FFF, 0x7E00);
}

}  // namespace
}  // namespace tmc
