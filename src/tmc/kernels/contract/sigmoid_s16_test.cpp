// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/sigmoid_s16.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/kernels/testing/unary_s16_case.hpp"

namespace tmc::kernels {
namespace {

std::vector<int16_t> outputs(const SigmoidS16::Params& p) {
  std::vector<uint16_t> sigmoids;
  for (int i = 0; i < 256; ++i) {
    const double value = std::round(65536 / (1 + std::exp(-i / 24.0)));
    sigmoids.push_back(static_cast<uint16_t>(std::fmin(value, 65535)));
  }
  return testing::outputs_of_every_int16<SigmoidS16>(p, {make_blob(DType::kU16, sigmoids)});
}

// Against the functions of multiplier * input / 2^shift / 12288, in steps of 1/32768.
TEST(SigmoidS16, EveryInputIsNearTheFunctions) {
  const std::vector<int16_t> every = testing::every_int16();
  for (const auto& [multiplier, shift] : {std::pair{3, 0}, {6, 0}, {65535, 0}, {20000, 10}, {32767, 31}, {0, 0}}) {
    const std::vector<int16_t> sigmoid = outputs({0, multiplier, shift, 0});
    const std::vector<int16_t> tanh = outputs({0, multiplier, shift, 1});
    for (size_t i = 0; i < every.size(); ++i) {
      const double x = std::ldexp(1.0 * every[i] * multiplier, -shift) / 12288;
      const double half_unit = 0.5 / 12288 * (shift > 0 ? 1 : 0);
      ASSERT_NEAR(sigmoid[i], 32768 / (1 + std::exp(-x)), 2.5 + half_unit * 32768 / 4) << x;
      ASSERT_NEAR(tanh[i], 32768 * std::tanh(x), 4.5 + half_unit * 32768) << x;
    }
  }
}

TEST(SigmoidS16, ProductsThatCouldOverflowAreRefused) {
  const ImplementationInfo* implementation = find_implementation("portable", "sigmoid_s16");
  EXPECT_TRUE(implementation->applies(to_words(SigmoidS16::Params{1, 65535, 0, 0})));
  EXPECT_TRUE(implementation->applies(to_words(SigmoidS16::Params{1, 32767, 31, 0})));
  EXPECT_FALSE(implementation->applies(to_words(SigmoidS16::Params{1, 32768, 1, 0})));
  EXPECT_FALSE(implementation->applies(to_words(SigmoidS16::Params{1, 65536, 0, 0})));
  EXPECT_FALSE(implementation->applies(to_words(SigmoidS16::Params{1, 1, 32, 0})));
  EXPECT_FALSE(implementation->applies(to_words(SigmoidS16::Params{1, -1, 0, 0})));
}

}  // namespace
}  // namespace tmc::kernels
