// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/binary_f32.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/binary_case.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;
using Params = BinaryF32::Params;

float naive(int32_t operation, float a, float b) {
  switch (operation) {
    case BinaryF32::kAdd:
      return a + b;
    case BinaryF32::kSub:
      return a - b;
    case BinaryF32::kMul:
      return a * b;
    case BinaryF32::kDiv:
      return a / b;
    case BinaryF32::kMin:
      return std::fmin(a, b);
    default:
      return std::fmax(a, b);
  }
}

TEST(BinaryF32, EveryOperationBroadcastsAlongAnyAxes) {
  std::mt19937 rng(6);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    Params p{};
    const auto [a_shape, b_shape] = randomize_broadcast<int8_t>(rng, p);
    p.operation = round % 6;
    randomize_activation(rng, p);
    const auto a = random_floats(rng, a_shape.size(), 3);
    const auto b = random_floats(rng, b_shape.size(), 3);
    std::vector<float> expected;
    for_each_pair(p, [&](size_t at_a, size_t at_b) {
      expected.push_back(
          std::fmin(std::fmax(naive(p.operation, a[at_a], b[at_b]), p.activation_min), p.activation_max));
    });
    const Case test_case = float_case<BinaryF32>(p, {a, b}, expected.size());
    EXPECT_EQ(to_floats(expect_bodies_agree(test_case, &tested)), expected)
        << ::testing::PrintToString(test_case.params);
  }
  expect_all_were_tested(*find_kernel("binary_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
