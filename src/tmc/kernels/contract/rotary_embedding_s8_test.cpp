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
    RotaryEmbeddingS8::Params p{};
    set_any_turns(rng, p);
    p.elements = p.batch * p.length * p.heads * p.size;
    p.cosine = p.sine = p.batches * p.length * p.rotated / 2;
    p.input_zero_point = pick(rng, -128, 127);
    p.output_zero_point = pick(rng, -128, 127);
    p.shift = pick(rng, 1, 22);
    const int32_t most = p.shift < 14 ? 2 << p.shift : INT16_MAX;
    p.factor = pick(rng, 0, most);
    const auto angles = static_cast<size_t>(p.cosine);
    const auto cosine = random_values<int16_t>(rng, angles, -most, most);
    const auto sine = random_values<int16_t>(rng, angles, -most, most);
    const auto input = random_values<int8_t>(rng, static_cast<size_t>(p.elements), -128, 127);
    Case test_case;
    test_case.kernel = find_kernel("rotary_embedding_s8");
    test_case.params = to_words(p);
    test_case.constants = {make_blob(DType::kI16, cosine), make_blob(DType::kI16, sine)};
    test_case.inputs = {to_bytes(input)};
    test_case.output_bytes = input.size();
    const std::vector<std::byte> output = expect_implementations_agree(test_case);
    const auto in_reals = [&](const std::vector<int16_t>& table) {
      std::vector<double> reals;
      for (const int16_t value : table) reals.push_back(std::ldexp(value, -p.shift));
      return reals;
    };
    std::vector<double> x;
    for (const int8_t value : input) x.push_back(value - p.input_zero_point);
    const auto expected = naive_turns(p, x, in_reals(cosine), in_reals(sine), std::ldexp(p.factor, -p.shift));
    for (size_t i = 0; i < output.size(); ++i) {
      // Halves are rounded upward.
      const double exact = std::floor(expected[i] + p.output_zero_point + 0.5);
      EXPECT_EQ(static_cast<int8_t>(output[i]), naive_clamp(exact, -128, 127)) << round;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
