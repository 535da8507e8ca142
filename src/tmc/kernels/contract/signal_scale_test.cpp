// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/signal_spectrum.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(SignalScale, ShiftsAndKeepsTheLowestBits) {
  std::mt19937 rng(2);
  for (const int32_t bits : {INT32_MIN, -1, 0, 1, 7, 14, 15, 16, 17, INT32_MAX}) {
    const auto input = extreme_values<int16_t>(rng, 50);
    const auto output = run_signal<SignalScale, int16_t>({.elements = 50, .bits_elements = 1},
                                                         {to_bytes(input), to_bytes(std::vector<int32_t>{bits})}, 50);
    const int64_t factor = int64_t{1} << std::clamp(bits, 0, 16);
    for (size_t i = 0; i < output.size(); ++i) EXPECT_EQ(output[i], static_cast<int16_t>(input[i] * factor)) << bits;
  }
}

}  // namespace
}  // namespace tmc::kernels
