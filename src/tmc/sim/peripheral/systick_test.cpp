// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

constexpr uint32_t kEnable = 1, kInterrupt = 2, kCoreClock = 4, kCountFlag = 1U << 16;

struct SysTickTest : testing::Test, ChipBench {
  bool pended() { return chip.exceptions().is_pending(kSysTick); }
  void unpend() { chip.exceptions().set_pending(kSysTick, false); }
  void start(uint32_t load) {
    write("SysTick.LOAD", load);
    write("SysTick.VAL", 0);
    write("SysTick.CTRL", kEnable | kInterrupt | kCoreClock);
  }
};

TEST_F(SysTickTest, HasAPeriodOfLoadAndOne) {
  start(99);
  run(99);
  EXPECT_FALSE(pended());
  EXPECT_EQ(read("SysTick.VAL"), 1U);
  run(1);
  EXPECT_TRUE(pended());
  EXPECT_EQ(read("SysTick.VAL"), 0U);
  unpend();
  run(99);
  EXPECT_FALSE(pended());
  run(1);
  EXPECT_TRUE(pended());
}

TEST_F(SysTickTest, ReadingClearsTheCountFlag) {
  start(9);
  run(10);
  EXPECT_NE(read("SysTick.CTRL") & kCountFlag, 0U);
  EXPECT_EQ(read("SysTick.CTRL") & kCountFlag, 0U);
}

TEST_F(SysTickTest, WritingTheValueStartsAPeriodWithoutAnException) {
  start(99);
  run(50);
  write("SysTick.VAL", 1234);
  EXPECT_FALSE(pended());
  run(99);
  EXPECT_FALSE(pended());
  run(1);
  EXPECT_TRUE(pended());
}

TEST_F(SysTickTest, CountsEveryEighthCycleOfTheOtherClock) {
  write("SysTick.LOAD", 9);
  write("SysTick.CTRL", kEnable | kInterrupt);
  run(79);
  EXPECT_FALSE(pended());
  run(1);
  EXPECT_TRUE(pended());
}

TEST_F(SysTickTest, AnExceptionIsNotAskedForWithoutItsBit) {
  write("SysTick.LOAD", 9);
  write("SysTick.CTRL", kEnable | kCoreClock);
  run(1000);
  EXPECT_FALSE(pended());
}

}  // namespace
}  // namespace tmc::sim
