// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/attention_s8_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Softcaps from where all scores are limited to where few are.
TEST(AttentionS8Softcap, IsItsDefinition) {
  std::mt19937 rng(31);
  expect_is_its_definition(AttentionS8Softcap::kName, 200, [&](int round) {
    const double softcap = std::exp(std::uniform_real_distribution<>(-1, 4)(rng));
    return any_attention_s8_case(rng, round, softcap);
  });
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
    expect_near(output_of(made), expected_steps(made), made.step, extreme);
  }
}

}  // namespace
}  // namespace tmc::kernels
