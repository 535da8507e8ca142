// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

struct Tim6Test : testing::Test, ChipBench {
  Tim6Test() { set("RCC.APB1LENR", 1U << 4); }
};

TEST_F(Tim6Test, UpdatesAfterEachPeriod) {
  write("TIM6.PSC", 3);
  write("TIM6.ARR", 9);
  write("TIM6.EGR", 1);  // the prescaler is taken over by an update
  EXPECT_EQ(read("TIM6.SR"), 1U);
  write("TIM6.SR", 0);
  write("TIM6.DIER", 1);
  write("TIM6.CR1", 1);
  run(39);
  EXPECT_EQ(read("TIM6.CNT"), 9U);
  EXPECT_FALSE(pends(54));
  run(1);
  EXPECT_TRUE(pends(54));
  EXPECT_EQ(read("TIM6.CNT"), 0U);
}

TEST_F(Tim6Test, ThePrescalerWaitsForAnUpdate) {
  write("TIM6.PSC", 3);
  write("TIM6.ARR", 9);
  write("TIM6.CR1", 1);
  run(10);
  EXPECT_EQ(read("TIM6.SR"), 1U) << "the first period runs without it";
  write("TIM6.SR", 0);
  run(39);
  EXPECT_EQ(read("TIM6.SR"), 0U);
  run(1);
  EXPECT_EQ(read("TIM6.SR"), 1U);
}

TEST_F(Tim6Test, OnePulseStops) {
  write("TIM6.ARR", 9);
  write("TIM6.CR1", 1U | 1U << 3);
  run(10);
  EXPECT_EQ(read("TIM6.CR1") & 1U, 0U);
  run(100);
  EXPECT_EQ(read("TIM6.CNT"), 0U);
}

TEST_F(Tim6Test, RunsAtTheClockOfItsBus) {
  write("RCC.D2CFGR", 5U << 4);  // APB1 a quarter of AHB, its timers twice that
  write("TIM6.ARR", 9);
  write("TIM6.CR1", 1);
  run(19);
  EXPECT_EQ(read("TIM6.SR"), 0U);
  run(1);
  EXPECT_EQ(read("TIM6.SR"), 1U);
}

TEST_F(Tim6Test, DoesNotCountWithoutALimit) {
  write("TIM6.ARR", 0);
  write("TIM6.CR1", 1);
  run(1000);
  EXPECT_EQ(read("TIM6.SR"), 0U);
}

}  // namespace
}  // namespace tmc::sim
