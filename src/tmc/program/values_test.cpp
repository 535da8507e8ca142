// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/kernels/contract/add.hpp"
#include "tmc/kernels/contract/average_pool.hpp"
#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/requantize.hpp"
#include "tmc/program/params.hpp"

namespace tmc::program {
namespace {

using ::testing::HasSubstr;

template <typename Params>
std::string refusal(const char* kernel, const Params& params) {
  const Status status = check_values(Error::kMalformed, *kernels::find_kernel(kernel), kernels::to_words(params));
  EXPECT_TRUE(status.ok() || status.code() == Error::kMalformed);
  return status.message();
}

kernels::AddS8::Params sum() {
  return {.extents = {1, 1, 1, 4},
          .a_strides = {0, 0, 0, 1},
          .b_strides = {0, 0, 0, 1},
          .a_zero_point = -128,
          .a_multiplier = INT32_MAX,
          .a_shift = -31,
          .b_zero_point = 127,
          .b_multiplier = INT32_MIN,
          .b_shift = 0,
          .b_sign = -1,
          .output_zero_point = 0,
          .output_multiplier = 1,
          .output_shift = 31,
          .activation_min = -128,
          .activation_max = 127};
}

TEST(Values, AreThoseThatArithmeticIsDefinedFor) {
  EXPECT_EQ(refusal("add_s8", sum()), "");
  auto p = sum();
  p.a_shift = -32;
  EXPECT_EQ(refusal("add_s8", p), "parameter 'a_shift' is -32, the kernel add_s8 takes -31 to 0");
  p = sum(), p.b_shift = 1;
  EXPECT_THAT(refusal("add_s8", p), HasSubstr("'b_shift' is 1"));
  p = sum(), p.output_shift = 32;
  EXPECT_THAT(refusal("add_s8", p), HasSubstr("takes -31 to 31"));
  p = sum(), p.b_sign = 7;
  EXPECT_THAT(refusal("add_s8", p), HasSubstr("'b_sign' is 7"));
  p = sum(), p.output_zero_point = -129;
  EXPECT_THAT(refusal("add_s8", p), HasSubstr("takes -128 to 127"));
}

TEST(Values, AZeroPointIsOfTheTypeThatParamsSay) {
  const auto with = [](DType dtype, int32_t zero_point) {
    kernels::Requantize::Params p{};
    p.elements = 1, p.input_dtype = static_cast<int32_t>(dtype), p.input_zero_point = zero_point;
    p.output_dtype = static_cast<int32_t>(DType::kI8);
    return refusal("requantize", p);
  };
  EXPECT_EQ(with(DType::kU8, 255), "");
  EXPECT_THAT(with(DType::kI8, 255), HasSubstr("takes -128 to 127"));
  EXPECT_EQ(with(DType::kI16, INT16_MIN), "");
  EXPECT_EQ(with(DType::kI32, -INT32_MAX), "");
  EXPECT_THAT(with(DType::kI32, INT32_MIN), HasSubstr("'input_zero_point'"));
}

TEST(Values, WindowsOfPoolsMeetTheImage) {
  const auto with = [](void (*change)(kernels::AveragePoolS8::Params&)) {
    kernels::AveragePoolS8::Params p{};
    p.batch = 1, p.input_h = p.input_w = 4, p.channels = 1, p.output_h = p.output_w = 2;
    p.kernel_h = p.kernel_w = 2, p.stride_h = p.stride_w = 2;
    change(p);
    return refusal("average_pool_s8", p);
  };
  EXPECT_EQ(with([](auto&) {}), "");
  EXPECT_EQ(with([](auto& p) { p.pad_top = 1; }), "");
  EXPECT_THAT(with([](auto& p) { p.pad_top = 2; }), HasSubstr("do not meet the image"));
  EXPECT_THAT(with([](auto& p) { p.stride_w = 4; }), HasSubstr("do not meet the image"));
  EXPECT_THAT(with([](auto& p) { p.kernel_h = p.kernel_w = 4096; }), HasSubstr("windows of more than 8388608"));
}

TEST(Values, PlacesOfWindowsHave31Bits) {
  kernels::Conv2dS8::Params p{};
  p.input_h = p.input_w = p.output_h = p.output_w = 3;
  p.kernel_h = p.kernel_w = 3, p.stride_h = p.stride_w = p.dilation_h = p.dilation_w = p.groups = 1;
  EXPECT_EQ(refusal("conv2d_s8", p), "");
  p.dilation_w = 1 << 30;
  EXPECT_THAT(refusal("conv2d_s8", p), HasSubstr("past 31 bits"));
  p.dilation_w = 1, p.stride_h = 1 << 30;
  EXPECT_THAT(refusal("conv2d_s8", p), HasSubstr("past 31 bits"));
}

}  // namespace
}  // namespace tmc::program
