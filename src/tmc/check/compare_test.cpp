// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace tmc::check {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kLowest = std::numeric_limits<float>::lowest();

TensorDifference difference(const std::vector<float>& expected, const std::vector<float>& actual) {
  const program::Tensor tensor{
      .name = "t", .dtype = DType::kF32, .shape = Shape::of(expected.size()), .quantization = {}};
  return compare(tensor, std::as_bytes(std::span(actual)), std::as_bytes(std::span(expected)));
}

TEST(Compare, WhatIsNoNumberIsMetByItsLike) {
  const std::vector<float> values = {1, kInfinity, -kInfinity, kNan, kLowest, -0.0F};
  const TensorDifference same = difference(values, values);
  EXPECT_EQ(same.mismatched, 0);
  EXPECT_EQ(same.max_abs_diff, 0);
  EXPECT_EQ(same.max_magnitude, 1);
  for (size_t at = 0; at < values.size(); ++at) {
    for (const float wrong : {2e30F, kInfinity, -kInfinity, kNan}) {
      std::vector<float> changed = values;
      changed[at] = wrong;
      if (wrong == values[at] || (std::isnan(wrong) && std::isnan(values[at]))) continue;
      const TensorDifference found = difference(values, changed);
      EXPECT_EQ(found.mismatched, 1);
      EXPECT_GE(found.max_abs_diff, 1e30) << values[at] << " " << wrong;
      EXPECT_EQ(found.first_element, static_cast<int64_t>(at));
    }
  }
}

TEST(Compare, LowestFloatsAreHeldToTheirOwnSizeAndNobodyElseIs) {
  EXPECT_EQ(difference({kLowest, 1}, {kLowest * 0.999999F, 1}).max_abs_diff, 0);
  EXPECT_TRUE(std::isinf(difference({kLowest, 1}, {kLowest * 0.99F, 1}).max_abs_diff));
  EXPECT_NEAR(difference({kLowest, 1}, {kLowest, 1.5F}).max_abs_diff, 0.5, 1e-6);
}

}  // namespace
}  // namespace tmc::check
