// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/signal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::select {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(RfftTwiddles, TurnBackwards) {
  EXPECT_THAT(rfft_twiddles(8), ElementsAre(32767, 0, 0, -32767, -32767, 0, -23170, -23170, -32767, 0));
}

TEST(LogTable, IsNothingAtPowersOfTwo) {
  const std::vector<uint16_t> table = log_table();
  ASSERT_EQ(table.size(), 129u);
  EXPECT_EQ(table.front(), 0);
  EXPECT_EQ(table[64], 5568);  // log2(1.5) - 0.5
  EXPECT_EQ(table.back(), 0);
}

TEST(Spans, StandSideBySide) {
  const auto spans = spans_of({{0, 7, 3}, {0, -9, 4}, {3, 0, 2}}, 5, 6);
  ASSERT_TRUE(spans.ok());
  EXPECT_THAT(*spans, ElementsAre(0, 0, 3, 0, 0, 0, 3, 4, 2));
}

TEST(Spans, StayWithinBinsAndWeights) {
  const auto refusal = [](int16_t bin, int16_t place, int16_t width) {
    return std::string(spans_of({{bin}, {place}, {width}}, 5, 6).status().message());
  };
  EXPECT_EQ(refusal(0, 0, 5), "");
  EXPECT_THAT(refusal(1, 0, 5), HasSubstr("band 0 of the filter bank has bins from 1"));
  EXPECT_THAT(refusal(-1, 0, 2), HasSubstr("there are 5 and 6"));
  EXPECT_THAT(refusal(0, -1, 2), HasSubstr("weights from -1"));
  EXPECT_THAT(refusal(0, 5, 2), HasSubstr("2 of them"));
  EXPECT_THAT(refusal(INT16_MAX, INT16_MAX, INT16_MAX), HasSubstr("filter bank"));
}

}  // namespace
}  // namespace tmc::select
