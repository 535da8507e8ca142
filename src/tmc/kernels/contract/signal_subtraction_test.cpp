// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_filter_bank.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<uint32_t> less_noise(const SignalSubtraction::Params& p, const std::vector<uint32_t>& channels,
                                 const std::vector<uint32_t>& noise) {
  return run_signal<SignalSubtraction, uint32_t>(p, {to_bytes(channels), to_bytes(noise)}, channels.size());
}

TEST(SignalSubtraction, LeavesSomeOfEveryChannel) {
  const SignalSubtraction::Params p{.elements = 4, .remaining = 1, .smoothing_bits = 3, .coefficient_bits = 4};
  EXPECT_EQ(less_noise(p, {100, 100, 100, 0}, {0, 400, 5000, 7}), (std::vector<uint32_t>{100, 50, 6, 0}));
}

TEST(SignalSubtraction, IsRightForExtremes) {
  std::mt19937 rng(11);
  for (int round = 0; round < 60; ++round) {
    const SignalSubtraction::Params p{.elements = 9,
                                      .remaining = extreme_values<int32_t>(rng, 1)[0],
                                      .smoothing_bits = pick(rng, 0, 31),
                                      .coefficient_bits = pick(rng, 0, 63)};
    const auto channels = extreme_values<uint32_t>(rng, 9);
    const auto noise = extreme_values<uint32_t>(rng, 9);
    const auto output = less_noise(p, channels, noise);
    for (size_t i = 0; i < 9; ++i) {
      const int64_t channel = static_cast<uint32_t>(uint64_t{channels[i]} << p.smoothing_bits);
      const int64_t left = std::max(int64_t{0}, channel - noise[i]) >> p.smoothing_bits;
      const uint64_t least = uint64_t{channels[i]} * static_cast<uint32_t>(p.remaining) >> p.coefficient_bits;
      EXPECT_EQ(output[i], std::max(static_cast<uint32_t>(left), static_cast<uint32_t>(least))) << round;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
