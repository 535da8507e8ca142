// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/attention_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

struct FloatCase {
  AttentionF32::Params p{};
  std::vector<float> query, key, value, numbers;
  std::vector<Bool> bools;

  std::vector<float> run() const {
    Case made = float_case<AttentionF32>(p, {query, key, value}, static_cast<size_t>(p.output_elements));
    made.inputs.push_back(p.has_mask == 0 ? to_bytes(query) : bools.empty() ? to_bytes(numbers) : to_bytes(bools));
    return to_floats(expect_implementations_agree(made));
  }

  std::vector<double> expected() const {
    const auto of = [](const std::vector<float>& values) {
      return [&values](int at) { return static_cast<double>(values[static_cast<size_t>(at)]); };
    };
    const auto score = [&](int item, int head, int i, int j) {
      double result = naive_score(p, of(query), of(key), item, head, i, j) * static_cast<double>(p.scale);
      const auto cap = static_cast<double>(p.softcap);
      if (cap > 0) result = cap * std::tanh(result / cap);
      if (p.has_mask == 0) return result;
      const size_t at = mask_place(p, item, head, i, j);
      if (!numbers.empty()) return result + static_cast<double>(numbers[at]);
      return bools[at] ? result : -std::numeric_limits<double>::infinity();
    };
    return naive_attention(p, score, of(value));
  }
};

FloatCase any_float_case(std::mt19937& rng, int round) {
  FloatCase made;
  const auto mask = static_cast<MaskOf>(round % 3);
  randomize_attention(rng, made.p, mask, DType::kF32, DType::kF32);
  made.p.scale = std::exp(std::uniform_real_distribution<float>(-2, 1)(rng));
  made.p.softcap = rng() % 3 == 0 ? 2.0F : 0.0F;
  made.query = random_floats(rng, static_cast<size_t>(made.p.query_elements));
  made.key = random_floats(rng, static_cast<size_t>(made.p.key_elements));
  made.value = random_floats(rng, static_cast<size_t>(made.p.value_elements));
  const auto elements = static_cast<size_t>(made.p.mask_elements);
  if (mask == MaskOf::kBools) made.bools = random_bools(rng, elements);
  if (mask == MaskOf::kNumbers) made.numbers = random_floats(rng, elements, 3);
  for (float& number : made.numbers) number = rng() % 4 == 0 ? -kInfinity : number;
  return made;
}

TEST(AttentionF32, IsItsDefinition) {
  std::mt19937 rng(11);
  for (int round = 0; round < 300; ++round) {
    const FloatCase made = any_float_case(rng, round);
    const std::vector<float> output = made.run();
    const std::vector<double> expected = made.expected();
    for (size_t i = 0; i < output.size(); ++i) EXPECT_NEAR(output[i], expected[i], 1e-4) << round << " at " << i;
  }
}

TEST(AttentionF32, ARowThatSeesNothingIsZero) {
  std::mt19937 rng(12);
  FloatCase made = any_float_case(rng, 1);
  made.bools.assign(made.bools.size(), false);
  EXPECT_EQ(made.run(), std::vector<float>(static_cast<size_t>(made.p.output_elements), 0));
}

TEST(AttentionF32, LargeScoresDoNotOverflow) {
  std::mt19937 rng(13);
  FloatCase made = any_float_case(rng, 0);
  made.p.softcap = 0;
  for (float& query : made.query) query *= 1e15F;
  for (const float output : made.run()) EXPECT_LT(std::abs(output), 10);
}

}  // namespace
}  // namespace tmc::kernels
