// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_filter_bank.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// The gain in reals that round where the contract says.
int16_t gain_of(uint32_t noise, const std::vector<int16_t>& gains) {
  if (noise <= 2) return gains[noise];
  const int highest = static_cast<int>(std::log2(static_cast<double>(noise)));
  const auto at = static_cast<size_t>(4 * (highest + 1) - 6);
  const double place = std::floor((noise / std::ldexp(1.0, highest) - 1) * 1024);
  const double slope = std::floor(gains[at + 2] * place / 32) + 32.0 * gains[at + 1];
  const double rounded = std::floor(slope * place / 32768 + 0.5) + gains[at];
  return static_cast<int16_t>(static_cast<int64_t>(rounded));
}

TEST(SignalPcan, IsRightForExtremes) {
  std::mt19937 rng(12);
  for (int round = 0; round < 100; ++round) {
    const SignalPcan::Params p{.elements = 20, .gains_elements = 125, .snr_shift = pick(rng, 0, 63)};
    const auto channels = extreme_values<uint32_t>(rng, 20);
    const auto noise = extreme_values<uint32_t>(rng, 20);
    const auto gains = extreme_values<int16_t>(rng, 125);
    const auto output = run_signal<SignalPcan, uint32_t>(p, {to_bytes(channels), to_bytes(noise), to_bytes(gains)}, 20);
    for (size_t i = 0; i < 20; ++i) {
      const uint64_t gain = static_cast<uint32_t>(int32_t{gain_of(noise[i], gains)});
      const auto x = static_cast<uint32_t>(channels[i] * gain >> p.snr_shift);
      const double real = x / 4096.0;
      EXPECT_EQ(output[i], std::floor(64 * (real < 2 ? real * real / 4 : real - 1))) << round;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
