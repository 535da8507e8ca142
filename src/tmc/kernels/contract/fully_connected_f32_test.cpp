// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/fully_connected_f32.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(FullyConnectedF32, MatchesAHandComputedRow) {
  Case test_case = float_case<FullyConnectedF32>({1, 3, 2, 0, 0, kInfinity}, {{5, -3, 0.5F}}, 2);
  test_case.constants = {make_blob<float>(DType::kF32, {1, 2, 3, -1, 0, 4}), make_blob<float>(DType::kF32, {10, 1})};
  EXPECT_EQ(to_floats(expect_bodies_agree(test_case)), (std::vector<float>{10.5F, 0}));
}

TEST(FullyConnectedF32, RandomRowsAreNearTheirDefinition) {
  std::mt19937 rng(1);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    FullyConnectedF32::Params p{pick(rng, 1, 3),
                                round % 5 == 0 ? pick(rng, 500, 1100) : pick(rng, 1, 70),
                                pick(rng, 1, 20),
                                pick(rng, 0, 3) == 0 ? 1 : 0,
                                0,
                                0};
    randomize_activation(rng, p);
    const auto inputs = random_floats(rng, static_cast<size_t>(p.batch * p.inputs));
    const FloatWeights weights = random_weights(rng, static_cast<size_t>(p.inputs * p.outputs), p.half_weights != 0);
    const auto bias = random_floats(rng, static_cast<size_t>(p.outputs));
    Case test_case = float_case<FullyConnectedF32>(p, {inputs}, static_cast<size_t>(p.batch * p.outputs));
    test_case.constants = {weights.blob, make_blob(DType::kF32, bias)};
    const std::vector<float> output = to_floats(expect_bodies_agree(test_case, &tested));
    for (size_t at = 0; at < output.size(); ++at) {
      const size_t row = at / bias.size();
      const size_t o = at % bias.size();
      const auto length = static_cast<size_t>(p.inputs);
      NaiveSum sum;
      sum.add(static_cast<double>(bias[o]));
      for (size_t i = 0; i < length; ++i) {
        sum.add(static_cast<double>(inputs[row * length + i]), static_cast<double>(weights.values[o * length + i]));
      }
      const double expected =
          naive_clamp(sum.value, static_cast<double>(p.activation_min), static_cast<double>(p.activation_max));
      ASSERT_NEAR(output[at], expected, sum.tolerance()) << ::testing::PrintToString(test_case.params);
    }
  }
  expect_all_were_tested(*find_kernel("fully_connected_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
