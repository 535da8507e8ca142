// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/testing/rotary_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<double> widened(const std::vector<float>& values) {
  return {values.begin(), values.end()};
}

TEST(RotaryEmbeddingF32, TurnsPairsAndCopiesTheRest) {
  std::mt19937 rng(321);
  for (int round = 0; round < 200; ++round) {
    RotaryEmbeddingF32::Params p{};
    set_any_turns(rng, p);
    p.input_elements = p.output_elements = p.batch * p.length * p.heads * p.size;
    p.cosine_elements = p.sine_elements = p.batches * p.length * p.rotated / 2;
    const auto elements = static_cast<size_t>(p.input_elements), angles = static_cast<size_t>(p.sine_elements);
    const std::vector<std::vector<float>> inputs = {random_floats(rng, elements), random_floats(rng, angles),
                                                    random_floats(rng, angles)};
    const auto output = to_floats(expect_implementations_agree(float_case<RotaryEmbeddingF32>(p, inputs, elements)));
    const auto expected = naive_turns(p, widened(inputs[0]), widened(inputs[1]), widened(inputs[2]), 1);
    for (size_t i = 0; i < elements; ++i) EXPECT_NEAR(output[i], expected[i], 4e-6) << round;
  }
}

}  // namespace
}  // namespace tmc::kernels
