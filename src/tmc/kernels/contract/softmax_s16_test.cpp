// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/softmax_s16_case.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tmc::kernels {
namespace {

using Params = SoftmaxS16::Params;

std::vector<int16_t> outputs_of(const Params& p, const std::vector<int16_t>& input) {
  const std::vector<std::byte> bytes = testing::expect_implementations_agree(testing::softmax_s16_case(p, input));
  std::vector<int16_t> output(bytes.size() / 2);
  std::memcpy(output.data(), bytes.data(), bytes.size());
  return output;
}

void expect_near(const Params& p, const std::vector<int16_t>& input, double scale) {
  const std::vector<int16_t> output = outputs_of(p, input);
  for (int o = 0; o < p.outer; ++o) {
    for (int i = 0; i < p.inner; ++i) {
      const auto at = [&](int d) { return static_cast<size_t>((o * p.depth + d) * p.inner + i); };
      double largest = -32768;
      for (int d = 0; d < p.depth; ++d) largest = std::fmax(largest, input[at(d)]);
      // Exponentials below -10 are those of -10.
      const auto exponential = [&](int d) { return std::exp(std::fmax(scale * (input[at(d)] - largest), -10)); };
      double sum = 0;
      for (int d = 0; d < p.depth; ++d) sum += exponential(d);
      for (int d = 0; d < p.depth; ++d) {
        // The tables are exact to about 2 in 32768, which the sum of small shares multiplies.
        const double share = 32768 * exponential(d) / sum;
        ASSERT_NEAR(output[at(d)], std::fmin(share, 32767), 1 + share * (5 + p.depth * 0.5 / sum) / 32768 + 8 / sum)
            << ::testing::PrintToString(to_words(p)) << " scale " << scale;
      }
    }
  }
}

TEST(SoftmaxS16, IsNearTheShares) {
  std::mt19937 rng(214);
  for (int round = 0; round < 200; ++round) {
    const testing::RandomSoftmaxS16 made = testing::random_softmax_s16(rng, round);
    expect_near(made.params, made.input, made.scale);
  }
}

TEST(SoftmaxS16, EqualInputsShareEquallyUpToTheLargestDepth) {
  for (const int depth : {1, 2, 3, 1024, 65535}) {
    const Params p{1, depth, 1, 1 << 30, 0};
    const auto output = outputs_of(p, std::vector<int16_t>(static_cast<size_t>(depth), -32768));
    const double share = std::fmin(32768.0 / depth, 32767);
    for (const int16_t value : output) ASSERT_NEAR(value, share, 1.01 + share / 16384) << depth;
  }
  EXPECT_FALSE(find_implementation("portable", "softmax_s16")->applies(to_words(Params{1, 65536, 1, 1 << 30, 0})));
}

// Eight exponentials of 32762 and 47 of 1 add up to 2^18 - 1, whose mantissa rounds up to 2.
TEST(SoftmaxS16, ASumJustBelowAPowerOfTwoRoundsUp) {
  std::vector<int16_t> input(55, -32768);
  std::fill_n(input.begin(), 8, int16_t{32767});
  const FixedMultiplier fixed = testing::softmax_multiplier(0.001);
  expect_near({1, 55, 1, fixed.multiplier, fixed.shift}, input, 0.001);
}

// What lies between two entries is on the line between them, rounded.
TEST(SoftmaxS16, InterpolationMeetsTheEntries) {
  std::mt19937 rng(215);
  const auto table = testing::random_values<int16_t>(rng, kInterpolationEntries, -32768, 32767);
  for (int q = -32768; q < 32768; ++q) {
    const auto entry = static_cast<size_t>((q + 32768) / 128);
    const double part = (q + 32768) % 128 / 128.0;
    ASSERT_NEAR(interpolated(table.data(), static_cast<int16_t>(q)),
                table[entry] * (1 - part) + table[entry + 1] * part, 0.5)
        << q;
  }
}

}  // namespace
}  // namespace tmc::kernels
