// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

TEST(Flash, WaitsAsLongAsItIsTold) {
  ChipBench bench;
  EXPECT_EQ(bench.read("FLASH.ACR"), 0x37U);
  bench.write("FLASH.ACR", 0x24);
  EXPECT_EQ(bench.read("FLASH.ACR"), 0x24U);
}

TEST(Flash, OpensABankWithTwoKeys) {
  ChipBench bench;
  bench.write("FLASH.KEYR1", 0x45670123);
  bench.write("FLASH.KEYR1", 0xCDEF89AB);
  EXPECT_EQ(bench.read("FLASH.CR1") & 1U, 0U);
  EXPECT_EQ(bench.read("FLASH.CR2") & 1U, 1U);
}

TEST(Flash, AWrongKeyKeepsItLockedUntilReset) {
  ChipBench bench;
  bench.write("FLASH.KEYR2", 0x45670124);
  bench.write("FLASH.KEYR2", 0x45670123);
  bench.write("FLASH.KEYR2", 0xCDEF89AB);
  EXPECT_EQ(bench.read("FLASH.CR2") & 1U, 1U);
  bench.chip.reset();
  bench.write("FLASH.KEYR2", 0x45670123);
  bench.write("FLASH.KEYR2", 0xCDEF89AB);
  EXPECT_EQ(bench.read("FLASH.CR2") & 1U, 0U);
}

TEST(Pwr, TakesAVoltage) {
  ChipBench bench;
  EXPECT_EQ(bench.read("PWR.D3CR") >> 13, 3U);
  bench.write("PWR.D3CR", 3U << 14);
  EXPECT_EQ(bench.read("PWR.CSR1") >> 13, 7U);
  bench.write("PWR.D3CR", 0);
  EXPECT_EQ(bench.read("PWR.D3CR") >> 14, 3U);
  EXPECT_FALSE(bench.log.empty());
}

}  // namespace
}  // namespace tmc::sim
