// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/attention_s8_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<int8_t> run(const AttentionS8Case& made, std::vector<std::string>* tested) {
  const std::vector<std::byte> bytes = expect_implementations_agree(made.implementation_case(), tested);
  std::vector<int8_t> output(bytes.size());
  if (!bytes.empty()) std::memcpy(output.data(), bytes.data(), bytes.size());
  return output;
}

// Softcaps from where all scores are limited to where few are.
TEST(AttentionS8Softcap, IsItsDefinition) {
  std::mt19937 rng(31);
  std::vector<std::string> tested;
  double signal = 0, noise = 0;
  for (int round = 0; round < 200; ++round) {
    const double softcap = std::exp(std::uniform_real_distribution<>(-1, 4)(rng));
    const AttentionS8Case made = any_attention_s8_case(rng, round, softcap);
    const std::vector<int8_t> output = run(made, &tested);
    const std::vector<double> expected = made.expected();
    for (size_t i = 0; i < output.size(); ++i) {
      const double steps = naive_clamp(expected[i] / made.step + made.p.output_zero_point, -128, 127);
      // Scores are rounded to 64ths of a power of two.
      EXPECT_NEAR(output[i], steps, 0.6 + 1.5 / made.step) << round << " at " << i;
      signal += steps * steps;
      noise += (output[i] - steps) * (output[i] - steps);
    }
  }
  EXPECT_GT(10 * std::log10(signal / noise), 40);
  expect_all_were_tested(*find_kernel(AttentionS8Softcap::kName), tested);
}

// Products as large as they can be, of either sign.
TEST(AttentionS8Softcap, LargestProductsDoNotWrap) {
  std::mt19937 rng(32);
  for (const int8_t extreme : {int8_t{-128}, int8_t{127}}) {
    AttentionS8Case made = any_attention_s8_case(rng, 0, 2.0);
    AttentionS8::Params& p = made.p;
    p.query_zero_point = -128;
    made.key_zero_point = extreme < 0 ? 127 : -128;
    p.score_shift = 0;
    while (int64_t{p.size} << (p.score_shift + 1) <= AttentionS8Softcap::kMaxSize) ++p.score_shift;
    made.unit = made.softcap / 65536 * std::ldexp(0.4, p.score_shift);
    p.score_multiplier = static_cast<int32_t>(std::ldexp(0.4, 32));
    made.query.assign(made.query.size(), 127);
    for (size_t i = 0; i < made.key.size(); ++i) made.key[i] = rng() % 2 == 0 ? extreme : int8_t{0};
    const std::vector<double> expected = made.expected();
    const std::vector<int8_t> output = run(made, nullptr);
    for (size_t i = 0; i < output.size(); ++i) {
      const double steps = naive_clamp(expected[i] / made.step + p.output_zero_point, -128, 127);
      EXPECT_NEAR(output[i], steps, 0.6 + 1.5 / made.step) << int{extreme} << " at " << i;
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
