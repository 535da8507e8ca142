// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_spectrum.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(SignalWindow, MultipliesShiftsAndSaturates) {
  std::mt19937 rng(1);
  for (int round = 0; round < 60; ++round) {
    const SignalWindow::Params p{.elements = 21, .window_elements = 7, .shift = pick(rng, 0, 31)};
    const auto input = extreme_values<int16_t>(rng, 21);
    const auto window = extreme_values<int16_t>(rng, 7);
    const auto output = run_signal<SignalWindow, int16_t>(p, {to_bytes(input), to_bytes(window)}, 21);
    for (size_t i = 0; i < output.size(); ++i) {
      const double product = std::floor(std::ldexp(1.0 * input[i] * window[i % 7], -p.shift));
      EXPECT_EQ(output[i], naive_clamp(product, -32768, 32767)) << round;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
