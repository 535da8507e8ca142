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

TEST(SignalNoiseEstimate, IsALowPassOverFrames) {
  std::mt19937 rng(10);
  for (int round = 0; round < 60; ++round) {
    SignalNoiseEstimate::Params p{.elements = 9,
                                  .smoothing = {},
                                  .keeping = {},
                                  .smoothing_bits = pick(rng, 0, 31),
                                  .coefficient_bits = pick(rng, 0, 63),
                                  .clamping = round % 2};
    for (size_t i = 0; i < 2; ++i) {
      p.smoothing[i] = extreme_values<int32_t>(rng, 1)[0];
      p.keeping[i] = extreme_values<int32_t>(rng, 1)[0];
    }
    const auto channels = extreme_values<uint32_t>(rng, 9);
    const auto before = extreme_values<uint32_t>(rng, 9);
    const auto output = run_signal<SignalNoiseEstimate, uint32_t>(p, {to_bytes(channels), to_bytes(before)}, 9);
    for (size_t i = 0; i < 9; ++i) {
      const auto channel = static_cast<uint32_t>(uint64_t{channels[i]} << p.smoothing_bits);
      const uint64_t sum = uint64_t{channel} * static_cast<uint32_t>(p.smoothing[i % 2]) +
                           uint64_t{before[i]} * static_cast<uint32_t>(p.keeping[i % 2]);
      const auto estimate = static_cast<uint32_t>(sum >> p.coefficient_bits);
      EXPECT_EQ(output[i], p.clamping != 0 ? std::min(estimate, channel) : estimate) << round;
    }
  }
}

// A quarter of the way to 100, of 3 bits behind the point; odd channels go half of it.
TEST(SignalNoiseEstimate, ApproachesTheChannel) {
  const SignalNoiseEstimate::Params p{.elements = 2,
                                      .smoothing = {4, 8},
                                      .keeping = {12, 8},
                                      .smoothing_bits = 3,
                                      .coefficient_bits = 4,
                                      .clamping = 0};
  const std::vector<uint32_t> channels = {100, 100};
  const std::vector<uint32_t> before = {0, 400};
  EXPECT_EQ((run_signal<SignalNoiseEstimate, uint32_t>(p, {to_bytes(channels), to_bytes(before)}, 2)),
            (std::vector<uint32_t>{200, 600}));
}

}  // namespace
}  // namespace tmc::kernels
