// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_filter_bank.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<uint32_t> roots(const std::vector<uint64_t>& x, int32_t bits) {
  return run_signal<SignalSquareRoot, uint32_t>({.elements = static_cast<int32_t>(x.size()), .bits_elements = 1},
                                                {to_bytes(x), to_bytes(std::vector<int32_t>{bits})}, x.size());
}

// n * n + n is the last number whose root is nearest to n.
TEST(SignalSquareRoot, RoundsToTheNearest) {
  std::mt19937 rng(9);
  std::vector<uint64_t> x;
  std::vector<uint32_t> expected;
  std::vector<uint64_t> edges = {1, 2, 3, 4, 255, 256, 65535, 65537, 0xFFFFFFFE};
  for (int i = 0; i < 200; ++i) edges.push_back(1 + (rng() >> (rng() % 32)) % 0xFFFFFFFE);
  for (const uint64_t n : edges) {
    if (n == 65536) continue;  // below, numbers round otherwise
    for (const uint64_t square : {n * n - n + 1, n * n, n * n + n}) {
      x.push_back(square);
      expected.push_back(static_cast<uint32_t>(n));
    }
  }
  EXPECT_EQ(roots(x, 0), expected);
}

TEST(SignalSquareRoot, RoundsNumbersOfAllSizes) {
  std::mt19937 rng(10);
  const auto x = extreme_values<uint64_t>(rng, 500);
  const auto actual = roots(x, 0);
  for (size_t i = 0; i < x.size(); ++i) {
    const auto exact = static_cast<uint64_t>(std::llround(std::sqrt(static_cast<long double>(x[i]))));
    const uint64_t most = x[i] >> 32 == 0 ? UINT16_MAX : UINT32_MAX;
    EXPECT_EQ(actual[i], std::min(exact, most)) << x[i];
  }
}

TEST(SignalSquareRoot, StaysWithinSixteenBitsBelowTwoToThe32) {
  EXPECT_EQ(roots({0, 0xFFFF0000, 0xFFFF0001, 0xFFFFFFFF, 0x100000000}, 0),
            (std::vector<uint32_t>{0, 65535, 65535, 65535, 65536}));
  EXPECT_EQ(roots({UINT64_MAX}, 0), std::vector<uint32_t>{0xFFFFFFFF});
}

TEST(SignalSquareRoot, IsShiftedAfterwards) {
  EXPECT_EQ(roots({99 * 99}, 3), std::vector<uint32_t>{12});
  EXPECT_EQ(roots({UINT64_MAX}, 31), std::vector<uint32_t>{1});
  EXPECT_EQ(roots({UINT64_MAX}, INT32_MAX), std::vector<uint32_t>{1});
  EXPECT_EQ(roots({81}, -4), std::vector<uint32_t>{9});
}

}  // namespace
}  // namespace tmc::kernels
