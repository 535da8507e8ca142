// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/max_pool.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/float_case.hpp"
#include "tmc/kernels/testing/pool_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;
using Params = MaxPoolF32::Params;

TEST(MaxPoolF32, RandomWindowsAreNearTheirDefinition) {
  std::mt19937 rng(8);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    auto p = random_pool<Params>(rng);
    randomize_activation(rng, p);
    const auto image = random_floats(rng, static_cast<size_t>(p.batch * p.input_h * p.input_w * p.channels));
    const Case test_case =
        float_case<MaxPoolF32>(p, {image}, static_cast<size_t>(p.batch * p.output_h * p.output_w * p.channels));
    const std::vector<float> output = to_floats(expect_implementations_agree(test_case, &tested));
    size_t at = 0;
    for_each_pool_output(p, [&](int n, int y, int x, int c) {
      double largest = -1e30;
      visit_window(p, image, n, y, x, c, [&](float value) { largest = std::fmax(largest, value); });
      const double expected =
          naive_clamp(largest, static_cast<double>(p.activation_min), static_cast<double>(p.activation_max));
      EXPECT_NEAR(output[at++], expected, 1e-6) << ::testing::PrintToString(test_case.params);
    });
  }
  expect_all_were_tested(*find_kernel("max_pool_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
