// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/softmax_f32.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

std::vector<float> run(const SoftmaxF32::Params& p, const std::vector<float>& input) {
  testing::Case test_case;
  test_case.kernel = find_kernel("softmax_f32");
  test_case.params = to_words(p);
  test_case.inputs = {testing::to_bytes(input)};
  test_case.output_bytes = input.size() * sizeof(float);
  const std::vector<std::byte> bytes = testing::expect_implementations_agree(test_case);
  std::vector<float> output(input.size());
  std::memcpy(output.data(), bytes.data(), bytes.size());
  return output;
}

TEST(SoftmaxF32, StaysNearTheExactShares) {
  std::mt19937 rng(95);
  for (int round = 0; round < 100; ++round) {
    const SoftmaxF32::Params p{testing::pick(rng, 1, 3), testing::pick(rng, 1, 40),
                               round % 3 == 0 ? testing::pick(rng, 2, 4) : 1,
                               std::exp(std::uniform_real_distribution<float>(-2, 2)(rng))};
    std::vector<float> input(static_cast<size_t>(p.outer * p.depth * p.inner));
    for (float& value : input) value = std::normal_distribution<float>(0, 8)(rng);
    const std::vector<float> output = run(p, input);
    for (int o = 0; o < p.outer; ++o) {
      for (int i = 0; i < p.inner; ++i) {
        const auto at = [&](int d) { return static_cast<size_t>((o * p.depth + d) * p.inner + i); };
        double sum = 0;
        for (int d = 0; d < p.depth; ++d) sum += std::exp(static_cast<double>(p.beta) * input[at(d)]);
        for (int d = 0; d < p.depth; ++d) {
          const double exact = std::exp(static_cast<double>(p.beta) * input[at(d)]) / sum;
          // The argument is rounded to float before the exponential: its error grows with its size.
          EXPECT_NEAR(output[at(d)], exact, 1e-7 + exact * 2e-5) << round;
        }
      }
    }
  }
}

TEST(SoftmaxF32, LargeInputsDoNotOverflow) {
  EXPECT_EQ(run({1, 3, 1, 1}, {1e30F, 1e30F, -1e30F}), (std::vector<float>{0.5F, 0.5F, 0}));
}

}  // namespace
}  // namespace tmc::kernels
