// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

using testing::HasSubstr;

// At 64 MHz a count of the slowest oscillator divided by 4 is 8000 cycles.
struct Iwdg1Test : testing::Test, ChipBench {
  void start(uint32_t reload) {
    write("IWDG1.KR", 0x5555);
    write("IWDG1.RLR", reload);
    write("IWDG1.KR", 0xCCCC);
  }
};

TEST_F(Iwdg1Test, ResetsWhereNobodyReloads) {
  start(9);
  run(79999);
  EXPECT_EQ(chip.take_reset_request(), "");
  run(1);
  EXPECT_THAT(chip.take_reset_request(), HasSubstr("IWDG1"));
}

TEST_F(Iwdg1Test, IsContentWithReloads) {
  start(9);
  for (int i = 0; i < 5; ++i) {
    run(79000);
    write("IWDG1.KR", 0xAAAA);
  }
  EXPECT_EQ(chip.take_reset_request(), "");
}

TEST_F(Iwdg1Test, ResetsWhereAReloadComesBeforeTheWindow) {
  write("IWDG1.KR", 0x5555);
  write("IWDG1.WINR", 4);
  start(9);
  run(8000);
  write("IWDG1.KR", 0xAAAA);
  EXPECT_THAT(chip.take_reset_request(), HasSubstr("window"));
}

TEST_F(Iwdg1Test, ProtectsItsRegisters) {
  write("IWDG1.RLR", 5);
  EXPECT_EQ(read("IWDG1.RLR"), 0xFFFU);
  EXPECT_FALSE(log.empty());
}

}  // namespace
}  // namespace tmc::sim
