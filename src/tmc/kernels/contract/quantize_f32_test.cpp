// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/quantize_f32.hpp"

#include <gtest/gtest.h>

#include <cfenv>
#include <limits>

#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

using Params = QuantizeF32::Params;

template <typename T>
std::vector<std::byte> run(Params p, DType dtype, const std::vector<float>& input) {
  p.elements = static_cast<int32_t>(input.size());
  p.output_dtype = static_cast<int32_t>(dtype);
  testing::Case test_case;
  test_case.kernel = find_kernel("quantize_f32");
  test_case.params = to_words(p);
  test_case.inputs = {testing::to_bytes(input)};
  test_case.output_bytes = input.size() * sizeof(T);
  return testing::expect_implementations_agree(test_case);
}

template <typename T>
void expect_exact(const Params& p, DType dtype, const std::vector<float>& input) {
  std::vector<T> expected;
  for (const float value : input) {
    const double steps = static_cast<double>(value / p.scale);
    const double rounded = p.ties_to_even ? std::nearbyint(steps) : std::round(steps);
    expected.push_back(static_cast<T>(
        testing::naive_clamp(rounded + p.zero_point, std::numeric_limits<T>::min(), std::numeric_limits<T>::max())));
  }
  EXPECT_EQ(run<T>(p, dtype, input), testing::to_bytes(expected)) << p.scale << " " << p.zero_point;
}

TEST(QuantizeF32, RandomRealsAndTiesAreExact) {
  std::mt19937 rng(91);
  ASSERT_EQ(std::fegetround(), FE_TONEAREST);
  for (int round = 0; round < 100; ++round) {
    Params p{};
    p.ties_to_even = round % 2;
    p.scale = round < 4 ? 0.5F : std::exp(std::uniform_real_distribution<float>(-9, 3)(rng));
    p.zero_point = testing::pick(rng, -128, 127);
    std::vector<float> input;
    for (int i = -300; i < 300; ++i) input.push_back(static_cast<float>(i) * 0.5F * p.scale);
    for (int i = 0; i < 100; ++i) input.push_back(std::normal_distribution<float>(0, 200 * p.scale)(rng));
    expect_exact<int8_t>(p, DType::kI8, input);
    expect_exact<uint8_t>(p, DType::kU8, input);
    expect_exact<int16_t>(p, DType::kI16, input);
  }
}

TEST(QuantizeF32, ExtremesSaturate) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const Params p{0, 0, 0, 1e-3F, 7};
  EXPECT_EQ(run<int8_t>(p, DType::kI8,
                        {kInfinity, -kInfinity, 3e38F, -3e38F, 1e-45F, std::numeric_limits<float>::quiet_NaN()}),
            testing::to_bytes<int8_t>({127, -128, 127, -128, 7, 7}));
}

}  // namespace
}  // namespace tmc::kernels
