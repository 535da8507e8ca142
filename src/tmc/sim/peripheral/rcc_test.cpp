// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST(Rcc, GivesAndTakesTheClocksOfPeripherals) {
  ChipBench bench;
  EXPECT_EQ(bench.read("GPIOC.MODER"), 0U);
  EXPECT_THAT(bench.log,
              Contains(HasSubstr("GPIOC.MODER (0x58020800) at pc 0x00000000: its clock is off (RCC.AHB4ENR, bit 2)")));
  bench.write("GPIOC.MODER", 0);
  bench.set("RCC.AHB4ENR", 1U << 2);
  EXPECT_EQ(bench.read("GPIOC.MODER"), 0xFFFFFFFFU) << "a write without the clock has no effect";
}

TEST(Rcc, ReadyFollowsOn) {
  ChipBench bench;
  bench.set("RCC.CR", 1U << 16);
  EXPECT_NE(bench.read("RCC.CR") & 1U << 17, 0U);
  bench.write("RCC.CR", bench.read("RCC.CR") & ~(1U << 16));
  EXPECT_EQ(bench.read("RCC.CR") & 1U << 17, 0U);
}

// 25 MHz / 5 * 192 / 2 = 480 MHz; AHB at half, APB at a quarter: the clock tree of the data sheet's highest frequency.
TEST(Rcc, MakesTheFastestTree) {
  ChipBench bench;
  EXPECT_EQ(bench.chip.clocks().core, 64e6);
  bench.set("RCC.CR", 1U << 16);
  bench.write("RCC.PLLCKSELR", 2U | 5U << 4);
  bench.write("RCC.PLL1DIVR", 191U | 1U << 9);
  bench.set("RCC.CR", 1U << 24);
  bench.write("RCC.D1CFGR", 8U | 4U << 4);
  bench.write("RCC.D2CFGR", 4U << 4 | 4U << 8);
  bench.write("RCC.CFGR", 3);
  EXPECT_EQ(bench.read("RCC.CFGR") >> 3 & 7U, 3U);
  const Clocks clocks = bench.chip.clocks();
  EXPECT_EQ(clocks.core, 480e6);
  EXPECT_EQ(clocks.ahb, 240e6);
  EXPECT_EQ(clocks.apb1, 120e6);
  EXPECT_EQ(clocks.timers1, 240e6);
}

TEST(Rcc, RefusesWhatWouldStopTheCore) {
  ChipBench bench;
  bench.write("RCC.CFGR", 3);
  EXPECT_EQ(bench.read("RCC.CFGR") >> 3 & 7U, 0U);
  EXPECT_THAT(bench.log, Contains(HasSubstr("not ready")));
  bench.write("RCC.CR", 0);
  EXPECT_NE(bench.read("RCC.CR") & 1U, 0U);
  EXPECT_THAT(bench.log, Contains(HasSubstr("cannot be switched off")));
}

TEST(Chip, SaysWhatIsNotThere) {
  ChipBench bench;
  bench.chip.set_program_counter(0x08000124);
  EXPECT_EQ(bench.chip.read(0x40000024, 4), 0U);
  EXPECT_EQ(bench.chip.read(0x40000024, 4), 0U);
  bench.chip.write(0x58024448, 4, 1);
  EXPECT_EQ(bench.chip.read(0x4FFF0000, 4), 0U);
  EXPECT_THAT(bench.log,
              testing::ElementsAre("read of TIM2+0x24 (0x40000024) at pc 0x08000124: not modelled, reads as zero",
                                   HasSubstr("RCC"), HasSubstr("where nothing is")));
}

}  // namespace
}  // namespace tmc::sim
