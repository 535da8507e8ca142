// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

struct RngTest : testing::Test, ChipBench {
  RngTest() { set("RCC.AHB2ENR", 1U << 6); }
};

TEST_F(RngTest, NeedsItsOscillator) {
  write("RNG.CR", 4);
  run(100000);
  EXPECT_EQ(read("RNG.SR"), 0U);
  EXPECT_EQ(read("RNG.DR"), 0U);
  EXPECT_EQ(log.size(), 2U);
}

TEST_F(RngTest, MakesANumberInATimeAndThenTheNext) {
  set("RCC.CR", 1U << 12);
  write("RNG.CR", 4U | 8U);
  run(71);  // 54 cycles of 48 MHz are 72 of 64 MHz
  EXPECT_EQ(read("RNG.SR"), 0U);
  run(1);
  EXPECT_EQ(read("RNG.SR"), 1U);
  EXPECT_TRUE(pends(80));
  const uint32_t first = read("RNG.DR");
  EXPECT_EQ(read("RNG.SR"), 0U);
  run(72);
  EXPECT_NE(read("RNG.DR"), first);
  EXPECT_TRUE(log.empty());
}

}  // namespace
}  // namespace tmc::sim
