// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/hard_swish_s16.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/unary_s16_case.hpp"

namespace tmc::kernels {
namespace {

// For scales of input and output.
HardSwishS16::Params params_of(double scale, double output_scale) {
  const FixedMultiplier share = quantize_multiplier(scale * 32768 / 6);
  const FixedMultiplier fixed = quantize_multiplier(scale / output_scale / 32768);
  return {0,
          static_cast<int32_t>(std::lround(3 / scale)),
          static_cast<int32_t>(std::ceil(6 / scale)) + 1,
          share.multiplier,
          share.shift,
          fixed.multiplier,
          fixed.shift};
}

TEST(HardSwishS16, IsWithinAStepOfTheFunction) {
  const std::vector<int16_t> every = testing::every_int16();
  for (const double scale : {1e-6, 2e-5, 1.0 / 4096, 0.001, 0.05, 0.7}) {
    for (const double ratio : {0.5, 1.0, 3.0}) {
      const double output_scale = scale * ratio;
      const auto output = testing::outputs_of_every_int16<HardSwishS16>(params_of(scale, output_scale));
      for (size_t i = 0; i < every.size(); ++i) {
        const double x = scale * every[i];
        const double y = x * std::fmin(std::fmax(x + 3, 0), 6) / 6 / output_scale;
        ASSERT_NEAR(output[i], testing::naive_clamp(y, -32768, 32767), 0.55 + 0.5 / ratio) << x << " of " << scale;
      }
    }
  }
}

TEST(HardSwishS16, AThreeBeyondItsRangeIsRefused) {
  const ImplementationInfo* implementation = find_implementation("portable", "hard_swish_s16");
  EXPECT_TRUE(implementation->applies(to_words(HardSwishS16::Params{1, 1 << 30, INT32_MAX, 0, 0, 0, 0})));
  EXPECT_FALSE(implementation->applies(to_words(HardSwishS16::Params{1, (1 << 30) + 1, INT32_MAX, 0, 0, 0, 0})));
  EXPECT_FALSE(implementation->applies(to_words(HardSwishS16::Params{1, -1, INT32_MAX, 0, 0, 0, 0})));
}

}  // namespace
}  // namespace tmc::kernels
