// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/rotary_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(RotaryEmbeddingS8, IsNearTheTurnsOfReals) {
  std::mt19937 rng(322);
  for (int round = 0; round < 300; ++round) {
    const RotaryS8Case made = any_rotary_s8_case(rng);
    const RotaryEmbeddingS8::Params& p = made.params;
    const std::vector<std::byte> output = expect_implementations_agree(made.implementation_case());
    const auto in_reals = [&](const std::vector<int16_t>& table) {
      std::vector<double> reals;
      for (const int16_t value : table) reals.push_back(std::ldexp(value, -p.shift));
      return reals;
    };
    std::vector<double> x;
    for (const int8_t value : made.input) x.push_back(value - p.input_zero_point);
    const auto expected = naive_turns(p, x, in_reals(made.cosine), in_reals(made.sine), std::ldexp(p.factor, -p.shift));
    for (size_t i = 0; i < output.size(); ++i) {
      // Halves are rounded upward.
      const double exact = std::floor(expected[i] + p.output_zero_point + 0.5);
      EXPECT_EQ(static_cast<int8_t>(output[i]), naive_clamp(exact, -128, 127)) << round;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
