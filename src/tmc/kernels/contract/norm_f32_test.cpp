// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/norm_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<double> to_doubles(const std::vector<float>& values) {
  return {values.begin(), values.end()};
}

// Rows with and without mean, scale and bias.
struct FloatNorm {
  NormF32::Params params{};
  NaiveNorm naive;
  std::vector<float> input, scale, bias;

  FloatNorm(std::mt19937& rng, int32_t rows, int32_t depth) {
    params.input_elements = params.output_elements = rows * depth;
    params.rows = rows;
    params.depth = depth;
    params.centred = pick(rng, 0, 1);
    params.scaled = pick(rng, 0, 1);
    params.biased = pick(rng, 0, 1);
    params.epsilon = std::exp(std::uniform_real_distribution<float>(-14, -1)(rng));
    params.scale_elements = params.scaled != 0 ? depth : 1;
    params.bias_elements = params.biased != 0 ? depth : 1;
    scale = random_floats(rng, static_cast<size_t>(params.scale_elements));
    bias = random_floats(rng, static_cast<size_t>(params.bias_elements));
    naive = {rows, depth, params.centred != 0, static_cast<double>(params.epsilon), {}, {}};
    if (params.scaled != 0) naive.scale = to_doubles(scale);
    if (params.biased != 0) naive.bias = to_doubles(bias);
  }

  // The error in parts of the largest output.
  void expect_within(double error) const {
    const auto size = static_cast<size_t>(params.output_elements);
    const auto output =
        to_floats(expect_implementations_agree(float_case<NormF32>(params, {input, scale, bias}, size)));
    const std::vector<double> expected = naive(to_doubles(input));
    double largest = 0;
    for (const double value : expected) largest = std::max(largest, std::abs(value));
    for (size_t i = 0; i < size; ++i) {
      ASSERT_NEAR(output[i], expected[i], error * largest) << ::testing::PrintToString(to_words(params)) << " at " << i;
    }
  }
};

TEST(NormF32, IsNearTheExactRows) {
  std::mt19937 rng(311);
  for (int round = 0; round < 200; ++round) {
    FloatNorm norm(rng, pick(rng, 1, 4), round % 10 == 0 ? pick(rng, 100, 4096) : pick(rng, 1, 40));
    norm.input = random_floats(rng, static_cast<size_t>(norm.params.input_elements),
                               std::exp(std::uniform_real_distribution<float>(-8, 8)(rng)));
    norm.expect_within(1e-5);
  }
}

TEST(NormF32, LosesNothingOfRowsThatAreNearlyConstant) {
  std::mt19937 rng(312);
  for (int round = 0; round < 50; ++round) {
    FloatNorm norm(rng, 2, pick(rng, 2, 300));
    norm.input = random_floats(rng, static_cast<size_t>(norm.params.input_elements), 1.0F / 64);
    // Exact in float, and so are differences to a mean of such.
    for (float& value : norm.input) value = 3 + std::round(value * 4096) / 4096;
    norm.expect_within(1e-3);
  }
}

TEST(NormF32, AConstantRowIsItsBias) {
  std::mt19937 rng(313);
  for (const int32_t depth : {1, 2, 8, 64}) {
    FloatNorm norm(rng, 1, depth);
    norm.params.centred = norm.params.biased = 1;
    norm.params.bias_elements = depth;
    norm.bias = random_floats(rng, static_cast<size_t>(depth));
    norm.input.assign(static_cast<size_t>(depth), 2.5F);
    const Case test_case =
        float_case<NormF32>(norm.params, {norm.input, norm.scale, norm.bias}, static_cast<size_t>(depth));
    EXPECT_EQ(to_floats(expect_implementations_agree(test_case)), norm.bias);
  }
}

}  // namespace
}  // namespace tmc::kernels
