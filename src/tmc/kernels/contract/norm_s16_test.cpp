// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/common/row_norm.hpp"
#include "tmc/kernels/testing/norm_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

constexpr int32_t kMost = (1 << (8 * sizeof(int16_t) - 1)) - 1;

// The signal over the error, in decibels, of what the implementations give against the same in doubles.
double decibels(const IntegerNormCase& of) {
  const std::vector<std::byte> bytes = expect_implementations_agree(of.test_case);
  std::vector<int16_t> output(bytes.size() / sizeof(int16_t));
  std::memcpy(output.data(), bytes.data(), bytes.size());
  const std::vector<double> expected = of.naive(of.input);
  double signal = 0, noise = 1e-9;
  for (size_t i = 0; i < output.size(); ++i) {
    const double exact = std::clamp<double>(expected[i], -kMost - 1, kMost);
    signal += exact * exact;
    noise += (output[i] - exact) * (output[i] - exact);
    // Half a step, and what 16 bits of a factor, or 2^-fraction of a normalised element, are worth.
    const double coarse =
        std::abs(of.naive.scale[i % of.naive.scale.size()]) * std::ldexp(1, -most_fraction(of.naive.depth));
    EXPECT_NEAR(output[i], exact, 0.51 + coarse + std::abs(exact) * 2e-5)
        << ::testing::PrintToString(of.test_case.params) << " at " << i;
  }
  return 10 * std::log10(signal / noise);
}

TEST(NormS16, IsNearTheRowsInReals) {
  std::mt19937 rng(33);
  for (int round = 0; round < 400; ++round) {
    const int32_t depth = round % 20 == 0 ? pick(rng, 100, 4096) : pick(rng, 1, 70);
    decibels(
        integer_norm_case<NormS16>(rng, any_rows<int16_t>(rng, pick(rng, 1, 3), depth), depth, pick(rng, 1, 8000)));
  }
}

TEST(NormS16, OfRandomRowsTheErrorIsThatOfTheOutputsSteps) {
  std::mt19937 rng(34);
  for (const int32_t depth : {8, 64, 65, 256, 1000, 4096}) {
    const auto rows = random_values<int16_t>(rng, static_cast<size_t>(8 * depth), -kMost / 2, kMost / 2);
    // Of a row of equal chances most elements are within twice its deviation.
    EXPECT_GT(decibels(integer_norm_case<NormS16>(rng, rows, depth, kMost / 2)), 55) << depth;
  }
}

}  // namespace
}  // namespace tmc::kernels
