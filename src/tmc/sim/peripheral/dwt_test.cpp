// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

struct DwtTest : testing::Test, ChipBench {};

TEST_F(DwtTest, CountsWhenItIsUnlockedAndTraceIsOn) {
  set("DCB.DEMCR", 1U << 24);
  write("DWT.LAR", 0xC5ACCE55);
  write("DWT.CTRL", 1);
  write("DWT.CYCCNT", 0xFFFFFFF0);
  run(32);
  EXPECT_EQ(read("DWT.CYCCNT"), 0x10U) << "it wraps";
  EXPECT_TRUE(log.empty());
}

TEST_F(DwtTest, IsLockedAfterReset) {
  set("DCB.DEMCR", 1U << 24);
  write("DWT.CTRL", 1);
  run(32);
  EXPECT_EQ(read("DWT.CYCCNT"), 0U);
  EXPECT_EQ(read("DWT.LSR"), 3U);
  EXPECT_FALSE(log.empty());
}

TEST_F(DwtTest, StandsWithoutTrace) {
  write("DWT.LAR", 0xC5ACCE55);
  write("DWT.CTRL", 1);
  run(32);
  EXPECT_EQ(read("DWT.CYCCNT"), 0U);
  EXPECT_FALSE(log.empty());
}

}  // namespace
}  // namespace tmc::sim
