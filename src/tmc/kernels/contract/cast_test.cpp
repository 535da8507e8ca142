// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/cast.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/family_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;
using function::NumbersAndTruths;

template <typename To, typename From>
std::vector<To> cast(const std::vector<function::Stored<From>>& input, std::vector<std::string>* tested) {
  const Cast::Params p{static_cast<int32_t>(input.size()), static_cast<int32_t>(kDTypeOf<From>),
                       static_cast<int32_t>(kDTypeOf<To>)};
  Case test_case;
  test_case.kernel = find_kernel("cast");
  test_case.params = to_words(p);
  test_case.inputs = {to_bytes(input)};
  test_case.output_bytes = input.size() * sizeof(To);
  return elements_of<To>(expect_implementations_agree(test_case, tested));
}

TEST(Cast, SmallNumbersKeepTheirValueInEveryType) {
  std::vector<std::string> tested;
  NumbersAndTruths::for_each([&]<typename From>(From) {
    NumbersAndTruths::for_each([&]<typename To>(To) {
      const std::vector<function::Stored<From>> input = {From(0), From(1), From(1)};
      const std::vector<To> expected = {To(0), To(1), To(1)};
      EXPECT_EQ((cast<To, From>(input, &tested)), expected) << dtype_name(kDTypeOf<From>) << dtype_name(kDTypeOf<To>);
    });
  });
  expect_all_were_tested(*find_kernel("cast"), tested);
}

TEST(Cast, RealsAreCutAndLimited) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ((cast<int8_t, float>({1.9F, -1.9F, 500, -500, nan, kInfinity}, nullptr)),
            (std::vector<int8_t>{1, -1, 127, -128, 0, 127}));
  EXPECT_EQ((cast<uint8_t, double>({-3.0, 255.9, 300}, nullptr)), (std::vector<uint8_t>{0, 255, 255}));
  EXPECT_EQ((cast<int32_t, float>({2147483648.0F, -2147483648.0F}, nullptr)),
            (std::vector<int32_t>{INT32_MAX, INT32_MIN}));
  EXPECT_EQ((cast<int64_t, double>({1e300, -1e300}, nullptr)), (std::vector<int64_t>{INT64_MAX, INT64_MIN}));
}

TEST(Cast, IntegersKeepTheirLowestBits) {
  EXPECT_EQ((cast<int8_t, int32_t>({300, -129}, nullptr)), (std::vector<int8_t>{44, 127}));
  EXPECT_EQ((cast<uint32_t, int8_t>({-1}, nullptr)), (std::vector<uint32_t>{UINT32_MAX}));
  EXPECT_EQ((cast<uint32_t, int32_t>({-1, 7, INT32_MIN, 0, 1, 2, 3}, nullptr)),
            (std::vector<uint32_t>{UINT32_MAX, 7, 0x80000000, 0, 1, 2, 3}));
  EXPECT_EQ((cast<int8_t, uint8_t>({255, 128, 1}, nullptr)), (std::vector<int8_t>{-1, -128, 1}));
}

TEST(Cast, WhatIsNotZeroIsTrue) {
  EXPECT_EQ((cast<bool, float>({0.0F, -0.0F, 0.25F, -3}, nullptr)), (std::vector<bool>{false, false, true, true}));
  EXPECT_EQ((cast<bool, int32_t>({256, 0}, nullptr)), (std::vector<bool>{true, false}));
}

}  // namespace
}  // namespace tmc::kernels
