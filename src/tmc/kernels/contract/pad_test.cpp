// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/pad.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/pad_case.hpp"

namespace tmc::kernels {
namespace {

using Params = Pad::Params;

// Every output element looked up by its index, outside the input the fill.
template <typename T>
std::vector<T> naive(const Params& p, const std::vector<T>& input) {
  std::vector<T> output;
  int32_t index[4] = {};
  const auto visit = [&](auto& self, int axis) -> void {
    if (axis == 4) {
      bool inside = true;
      int32_t at = 0;
      for (int i = 0; i < 4; ++i) {
        const int32_t place = index[i] - p.before[i];
        inside = inside && place >= 0 && place < p.extents[i];
        at = at * p.extents[i] + place;
      }
      output.push_back(inside ? input[static_cast<size_t>(at)] : static_cast<T>(p.fill));
      return;
    }
    for (index[axis] = 0; index[axis] < p.before[axis] + p.extents[axis] + p.after[axis]; ++index[axis]) {
      self(self, axis + 1);
    }
  };
  visit(visit, 0);
  return output;
}

template <typename T>
void expect_random_pads(uint32_t seed) {
  std::mt19937 rng(seed);
  for (int round = 0; round < 100; ++round) {
    const Params p = testing::random_pad(rng, sizeof(T));
    const auto input = testing::random_pad_input<T>(rng, p);
    const std::vector<T> expected = naive(p, input);
    ASSERT_EQ(testing::expect_implementations_agree(testing::pad_case(p, input)), testing::to_bytes(expected)) << round;
  }
}

TEST(Pad, BytesAreExact) {
  expect_random_pads<int8_t>(61);
}
TEST(Pad, HalfWordsAreExact) {
  expect_random_pads<int16_t>(62);
}
TEST(Pad, WordsAreExact) {
  expect_random_pads<int32_t>(63);
}

}  // namespace
}  // namespace tmc::kernels
