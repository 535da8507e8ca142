// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/dequantize_f32.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

template <typename T>
void expect_exact(DType dtype, float scale, int32_t zero_point, int32_t step) {
  std::vector<T> input;
  std::vector<float> expected;
  for (int32_t q = std::numeric_limits<T>::min(); q <= std::numeric_limits<T>::max(); q += step) {
    input.push_back(static_cast<T>(q));
    expected.push_back(static_cast<float>(static_cast<double>(scale) * (q - zero_point)));
  }
  testing::Case test_case;
  test_case.kernel = find_kernel("dequantize_f32");
  test_case.params = to_words(
      DequantizeF32::Params{static_cast<int32_t>(input.size()), static_cast<int32_t>(dtype), scale, zero_point});
  test_case.inputs = {testing::to_bytes(input)};
  test_case.output_bytes = expected.size() * sizeof(float);
  EXPECT_EQ(testing::expect_implementations_agree(test_case), testing::to_bytes(expected))
      << scale << " " << zero_point;
}

TEST(DequantizeF32, EveryValueIsExact) {
  std::mt19937 rng(92);
  for (int round = 0; round < 40; ++round) {
    const float scale = std::exp(std::uniform_real_distribution<float>(-12, 5)(rng));
    expect_exact<int8_t>(DType::kI8, scale, testing::pick(rng, -128, 127), 1);
    expect_exact<uint8_t>(DType::kU8, scale, testing::pick(rng, 0, 255), 1);
    expect_exact<int16_t>(DType::kI16, scale, testing::pick(rng, -32768, 32767), 97);
  }
}

TEST(DequantizeF32, OtherDtypesAreRefused) {
  const DequantizeF32::Params p{1, static_cast<int32_t>(DType::kI32), 1, 0};
  EXPECT_FALSE(find_implementation("portable", "dequantize_f32")->applies(to_words(p)));
}

}  // namespace
}  // namespace tmc::kernels
