// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_spectrum.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(SignalEnergy, IsTheSquaredMagnitudeOfTheBinsAskedFor) {
  std::mt19937 rng(7);
  for (int round = 0; round < 40; ++round) {
    const int32_t bins = pick(rng, 1, 30);
    SignalEnergy::Params p{.input_elements = 2 * bins, .output_elements = bins, .start = 0, .end = pick(rng, 0, bins)};
    p.start = pick(rng, 0, p.end);
    const auto input = extreme_values<int16_t>(rng, 2 * static_cast<size_t>(bins));
    const auto output = run_signal<SignalEnergy, uint32_t>(p, {to_bytes(input)}, static_cast<size_t>(bins));
    for (int32_t i = 0; i < bins; ++i) {
      const int64_t re = input[2 * static_cast<size_t>(i)];
      const int64_t im = input[2 * static_cast<size_t>(i) + 1];
      EXPECT_EQ(output[static_cast<size_t>(i)], i >= p.start && i < p.end ? re * re + im * im : 0) << round;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
