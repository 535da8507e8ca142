// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/literals.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cstdlib>
#include <limits>

namespace tmc::backend::cpp {
namespace {

using kernels::ParamInfo;

TEST(Literals, IntegersKeepTheirTypeAtTheLimits) {
  EXPECT_EQ(int_literal(-128), "-128");
  EXPECT_EQ(int_literal(INT32_MAX), "2147483647");
  EXPECT_EQ(int_literal(INT32_MIN), "(-2147483647 - 1)");
  EXPECT_EQ(int_literal(int64_t{INT32_MAX} + 1), "2147483648LL");
  EXPECT_EQ(int_literal(INT64_MIN), "(-9223372036854775807LL - 1)");
}

TEST(Literals, FloatsReadBackToTheSameBits) {
  EXPECT_EQ(float_literal(1.0F), "1.0f");
  EXPECT_EQ(float_literal(-0.0F), "-0.0f");
  EXPECT_EQ(float_literal(1e20F), "1e+20f");
  for (const float value : {0.1F, 1.0F / 3, 1e-45F, 3.4028235e38F, -0.003921569F}) {
    EXPECT_EQ(std::strtof(float_literal(value).c_str(), nullptr), value);
  }
  EXPECT_EQ(float_literal(std::numeric_limits<float>::quiet_NaN()), "__builtin_nanf(\"\")");
  EXPECT_EQ(float_literal(-std::numeric_limits<float>::infinity()), "-__builtin_inff()");
  EXPECT_EQ(double_literal(0.1), "0.1");
}

TEST(Literals, ElementsAreReadInTheirOwnType) {
  const auto blob = kernels::make_blob<int16_t>(DType::kI16, {1, -2});
  EXPECT_EQ(element_literal(DType::kI16, blob.bytes.data(), 1), "-2");
  EXPECT_EQ(element_literal(DType::kU16, blob.bytes.data(), 1), "65534");
  EXPECT_EQ(element_literal(DType::kI8, blob.bytes.data(), 0), "1");
  EXPECT_EQ(element_literal(DType::kI32, blob.bytes.data(), 0), "-131071");
  EXPECT_EQ(element_literal(DType::kU32, blob.bytes.data(), 0), "4294836225u");
}

TEST(Literals, ParamsNameTheirMembers) {
  constexpr ParamInfo kParams[] = {{"batch"}, {"stride", 2}, {"scale", 1, true}};
  const kernels::KernelInfo kernel{"x", "tmc::kernels::X", kParams, {}, 4, {}};
  const std::vector<int32_t> words = {1, 2, INT32_MIN, std::bit_cast<int32_t>(0.5F)};
  EXPECT_EQ(params_literal(kernel, words, "  "), "  /*batch*/ 1, /*stride*/ {2, (-2147483647 - 1)}, /*scale*/ 0.5f");
}

}  // namespace
}  // namespace tmc::backend::cpp
