// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/leaky_relu_s16.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/unary_s16_case.hpp"

namespace tmc::kernels {
namespace {

TEST(LeakyReluS16, EveryInputIsExact) {
  std::mt19937 rng(241);
  const std::vector<int16_t> every = testing::every_int16();
  for (int round = 0; round < 20; ++round) {
    const FixedMultiplier fixed = testing::pick_multiplier(rng, 1e-4, 100);
    const FixedMultiplier negative = testing::pick_multiplier(rng, 1e-6, 100);
    const int32_t sign = round % 4 == 0 ? -1 : 1;
    const LeakyReluS16::Params p{0, fixed.multiplier, fixed.shift, sign * negative.multiplier, negative.shift};
    const std::vector<int16_t> output = testing::outputs_of_every_int16<LeakyReluS16>(p);
    for (size_t i = 0; i < every.size(); ++i) {
      const double scaled = every[i] >= 0
                                ? testing::naive_requantize(every[i], p.multiplier, p.shift)
                                : testing::naive_requantize(every[i], p.negative_multiplier, p.negative_shift);
      ASSERT_EQ(output[i], testing::naive_clamp(scaled, -32768, 32767)) << every[i];
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
