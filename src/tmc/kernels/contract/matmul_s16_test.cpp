// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/matmul.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/matmul_case.hpp"

namespace tmc::kernels {
namespace {

using Params = MatmulS16::Params;

// The multiplier's upper 15 bits, rounded; one rounding, ties upward.
int16_t rescaled(const Params& p, double sum) {
  const double multiplier = std::fmin(std::floor(p.multiplier / 65536.0 + 0.5), 32767);
  const double scaled = std::floor(std::ldexp(sum * multiplier, p.shift - 15) + 0.5);
  return static_cast<int16_t>(testing::naive_clamp(scaled, -32768, 32767));
}

TEST(MatmulS16, BatchesBroadcastAndAreExact) {
  std::mt19937 rng(281);
  for (int round = 0; round < 200; ++round) {
    const FixedMultiplier fixed = testing::pick_multiplier(rng, 1e-8, 1e-3);
    size_t matrices[2];
    auto p = testing::random_matmul_extents<Params>(rng, round % 5 == 0, matrices);
    p.multiplier = fixed.multiplier;
    p.shift = fixed.shift;
    const auto a = testing::random_elements<int16_t>(rng, matrices[0] * static_cast<size_t>(p.rows * p.inner));
    const auto b = testing::random_elements<int16_t>(rng, matrices[1] * static_cast<size_t>(p.columns * p.inner));
    testing::expect_matmul<MatmulS16>(p, a, b, [&p](double sum) { return rescaled(p, sum); });
  }
}

TEST(MatmulS16, SumsBeyond32BitsAreExact) {
  const auto count = static_cast<size_t>(MatmulS16::kMaxInner);
  Params p{{1, 1, 1}, {}, {}, 1, MatmulS16::kMaxInner, 1, 1, 0, 0, 0, INT32_MAX, -31};
  for (const int16_t value : {int16_t{-32768}, int16_t{32767}}) {
    const std::vector<int16_t> a(count, value);
    testing::expect_matmul<MatmulS16>(p, a, std::vector<int16_t>(count, -32768),
                                      [&p](double sum) { return rescaled(p, sum); });
  }
}

TEST(MatmulS16, WhatCouldOverflowIsRefused) {
  const ImplementationInfo* implementation = find_implementation("portable", "matmul_s16");
  const auto applies = [implementation](int32_t inner, int32_t shift, int32_t zero_point) {
    return implementation->applies(
        to_words(Params{{1, 1, 1}, {}, {}, 1, inner, 1, 0, 0, zero_point, 0, 1 << 30, shift}));
  };
  EXPECT_TRUE(applies(1 << 16, -31, 0));
  EXPECT_FALSE(applies((1 << 16) + 1, 0, 0));
  EXPECT_FALSE(applies(1, -32, 0));
  EXPECT_FALSE(applies(1, 15, 0));
  EXPECT_FALSE(applies(1, 0, 1));
}

}  // namespace
}  // namespace tmc::kernels
