// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/linear_form.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace tmc::kernels::armv7em {
namespace {

PairFunction rounded(double a_slope, double b_slope, double start) {
  const auto function = [=](int8_t a, int8_t b) {
    return static_cast<int8_t>(std::clamp(std::round(a_slope * a + b_slope * b + start), -128.0, 127.0));
  };
  return {function, -128, 127};
}

void expect_equal(const LinearForm& form, const PairFunction& wanted) {
  for (int i = 0; i < 65536; ++i) {
    const auto a = static_cast<int8_t>(i / 256 - 128);
    const auto b = static_cast<int8_t>(i % 256 - 128);
    const int32_t sum = add_term(form.b_factor, b, add_term(form.a_factor, a, form.start));
    ASSERT_EQ(shifted_s8(sum), wanted.values[static_cast<size_t>(i)]) << int{a} << " " << int{b};
  }
}

TEST(LinearForm, EqualsRoundedSums) {
  for (const auto& [a, b, start] :
       {std::array{0.731234567, 0.419876543, -12.3}, {1.912345678, -3.123456789, 50.7}, {0.003, 0.002, 5.1}}) {
    const PairFunction wanted = rounded(a, b, start);
    const auto form = find_linear_form(wanted, a, b);
    ASSERT_TRUE(form) << a << " " << b;
    expect_equal(*form, wanted);
  }
}

// Every second sum of an average lies halfway: std::round takes it away from zero on both sides.
TEST(LinearForm, TakesTiesAwayFromZero) {
  const PairFunction wanted = rounded(0.5, 0.5, 0);
  const auto form = find_linear_form(wanted, 0.5, 0.5);
  ASSERT_TRUE(form);
  expect_equal(*form, wanted);
}

TEST(LinearForm, IsFoundFromSlopesThatAreALittleOff) {
  const PairFunction wanted = rounded(0.612345678, 0.273456789, 3.3);
  const auto form = find_linear_form(wanted, 0.6124, 0.27347);
  ASSERT_TRUE(form);
  expect_equal(*form, wanted);
}

TEST(LinearForm, IsNotFoundForAProductOrForSumsThatWouldWrap) {
  const PairFunction product([](int8_t a, int8_t b) { return static_cast<int8_t>(a * b / 128); }, -128, 127);
  EXPECT_FALSE(find_linear_form(product, 0.5, 0.5));
  EXPECT_FALSE(find_linear_form(rounded(7.9, 7.9, 0), 7.9, 7.9));
  EXPECT_FALSE(find_linear_form(rounded(9, 0.1, 0), 9, 0.1));
}

}  // namespace
}  // namespace tmc::kernels::armv7em
