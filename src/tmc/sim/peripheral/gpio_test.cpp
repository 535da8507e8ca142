// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

struct GpioTest : testing::Test, ChipBench {
  GpioTest() { set("RCC.AHB4ENR", 3); }
};

TEST_F(GpioTest, DebugPortSurvivesReset) {
  EXPECT_EQ(read("GPIOA.MODER"), 0xABFFFFFFU);
  EXPECT_EQ(read("GPIOB.PUPDR"), 0x00000100U);
}

TEST_F(GpioTest, OutputsReadWhatTheyDriveAndInputsTheirPull) {
  write("GPIOB.MODER", 0xFFFFFFF1);  // pin 0 output, pin 1 input
  write("GPIOB.BSRR", 0x1);
  EXPECT_EQ(read("GPIOB.IDR"), 0x1U);
  write("GPIOB.PUPDR", 1U << 2);
  EXPECT_EQ(read("GPIOB.IDR"), 0x3U);
  write("GPIOB.BSRR", 0x00010000);
  EXPECT_EQ(read("GPIOB.IDR"), 0x2U);
  write("GPIOB.BSRR", 0x00010001);
  EXPECT_EQ(read("GPIOB.ODR"), 0x1U) << "set wins over reset";
}

TEST_F(GpioTest, LockHoldsUntilReset) {
  write("GPIOB.LCKR", 0x10001);
  write("GPIOB.LCKR", 0x00001);
  write("GPIOB.LCKR", 0x10001);
  EXPECT_EQ(read("GPIOB.LCKR"), 0x10001U);
  write("GPIOB.MODER", 0);
  EXPECT_EQ(read("GPIOB.MODER"), 3U);
  EXPECT_FALSE(log.empty());
}

TEST_F(GpioTest, LockNeedsTheWholeSequence) {
  write("GPIOB.LCKR", 0x10001);
  write("GPIOB.LCKR", 0x00002);
  write("GPIOB.LCKR", 0x10001);
  EXPECT_EQ(read("GPIOB.LCKR") & 0x10000U, 0U);
  write("GPIOB.MODER", 0);
  EXPECT_EQ(read("GPIOB.MODER"), 0U);
}

}  // namespace
}  // namespace tmc::sim
