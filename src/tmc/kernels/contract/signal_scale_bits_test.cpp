// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_spectrum.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

int32_t bits_of(const std::vector<int16_t>& input) {
  const SignalScaleBits::Params p{.input_elements = static_cast<int32_t>(input.size()), .output_elements = 1};
  return run_signal<SignalScaleBits, int32_t>(p, {to_bytes(input)}, 1).at(0);
}

TEST(SignalScaleBits, FillFifteenBits) {
  EXPECT_EQ(bits_of({1, 0, -1}), 14);
  EXPECT_EQ(bits_of({5, -3}), 12);
  EXPECT_EQ(bits_of({-16384}), 0);
  EXPECT_EQ(bits_of({-16383}), 1);
  EXPECT_EQ(bits_of({1, 32767}), 0);
}

TEST(SignalScaleBits, ComeFromTheLargestMagnitudeAnywhere) {
  std::mt19937 rng(11);
  for (int round = 0; round < 60; ++round) {
    const int largest = pick(rng, 1, 32767);
    auto input = random_values<int16_t>(rng, static_cast<size_t>(pick(rng, 1, 40)), -largest, largest);
    input[rng() % input.size()] = static_cast<int16_t>(round % 2 == 0 ? largest : -largest);
    int32_t expected = 0;
    while (largest << expected < 1 << 14) ++expected;
    EXPECT_EQ(bits_of(input), expected) << largest;
  }
}

TEST(SignalScaleBits, AreNoneForSilence) {
  EXPECT_EQ(bits_of({0, 0, 0}), 0);
}

// As TFLite Micro's magnitude of it overflows.
TEST(SignalScaleBits, ForgetWhatStoodBeforeTheLeastNumber) {
  EXPECT_EQ(bits_of({-32768}), 0);
  EXPECT_EQ(bits_of({5, -32768}), 0);
  EXPECT_EQ(bits_of({-32768, 5}), 12);
  EXPECT_EQ(bits_of({9, 9, 9, 9, 9, 9, 9, -32768, 5, 1, 0, 2, -3}), 12);
  EXPECT_EQ(bits_of({1, 2, 3, 4, 5, 6, 7, 8, -32768}), 0);
  EXPECT_EQ(bits_of({1, 2, 3, 4, 5, 6, 7, -32768, -9, -7, -5, -5, 1, 2, 3, 2, 1}), 12);
  EXPECT_EQ(bits_of({-32768, 2, 3, 4, 5, 6, 7, 8, 1, 2, 300, 4, 5, 6, 7, -8}), 6);
  std::mt19937 rng(12);
  for (int round = 0; round < 300; ++round) {
    auto input = random_values<int16_t>(rng, static_cast<size_t>(pick(rng, 1, 40)), -40, round % 2 == 0 ? 40 : -1);
    input[rng() % input.size()] = INT16_MIN;
    bits_of(input);  // where all agree
  }
}

}  // namespace
}  // namespace tmc::kernels
