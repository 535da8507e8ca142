// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/unary_f32.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;
using Params = UnaryF32::Params;

double naive(const Params& p, double x) {
  switch (p.function) {
    case UnaryF32::kClip:
      return naive_clamp(x, static_cast<double>(p.low), static_cast<double>(p.high));
    case UnaryF32::kLeakyRelu:
      return x < 0 ? x * static_cast<double>(p.low) : x;
    case UnaryF32::kSigmoid:
      return 1 / (1 + std::exp(-x));
    case UnaryF32::kTanh:
      return std::tanh(x);
    case UnaryF32::kHardSwish:
      return x * naive_clamp(x + 3, 0, 6) / 6;
    case UnaryF32::kSqrt:
      return std::sqrt(x);
    case UnaryF32::kExp:
      return std::exp(x);
    case UnaryF32::kErf:
      return std::erf(x);
    case UnaryF32::kGelu:
      return x / 2 * (1 + std::erf(x / std::sqrt(2)));
    default:
      return x / 2 * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
  }
}

TEST(UnaryF32, EveryFunctionIsNearItsDefinition) {
  std::mt19937 rng(7);
  std::vector<std::string> tested;
  for (int round = 0; round < 10 * UnaryF32::kFunctions; ++round) {
    const int32_t function = round % UnaryF32::kFunctions;
    const Params p{pick(rng, 1, 300), function, function == UnaryF32::kLeakyRelu ? 0.1F : -1, 2};
    auto input = random_floats(rng, static_cast<size_t>(p.elements), 4);
    if (function == UnaryF32::kSqrt) std::ranges::transform(input, input.begin(), [](float x) { return std::abs(x); });
    const Case test_case = float_case<UnaryF32>(p, {input}, input.size());
    const std::vector<float> output = to_floats(expect_bodies_agree(test_case, &tested));
    for (size_t i = 0; i < input.size(); ++i) {
      const double expected = naive(p, static_cast<double>(input[i]));
      // The larger part of a negative number's GELU cancels.
      const bool cancels = function == UnaryF32::kGelu || function == UnaryF32::kGeluByTanh;
      const double size =
          cancels ? std::max(std::abs(expected), std::abs(static_cast<double>(input[i]))) : std::abs(expected);
      EXPECT_NEAR(output[i], expected, 4e-7 * size + 1e-30) << p.function << " of " << input[i];
    }
  }
  expect_all_were_tested(*find_kernel("unary_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
