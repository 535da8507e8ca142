// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Against the catalogued check values of "123456789".

#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

struct CrcTest : testing::Test, ChipBench {
  CrcTest() { set("RCC.AHB4ENR", 1U << 19); }
  void feed(std::string_view text) {
    for (const char letter : text) chip.write(chip.address_of("CRC.DR"), 1, static_cast<uint8_t>(letter));
  }
};

TEST_F(CrcTest, Crc32Mpeg2IsItsDefault) {
  feed("123456789");
  EXPECT_EQ(read("CRC.DR"), 0x0376E6E7U);
}

TEST_F(CrcTest, Crc32OfEthernet) {
  write("CRC.CR", 1U << 7 | 1U << 5 | 1U);
  feed("123456789");
  EXPECT_EQ(read("CRC.DR") ^ 0xFFFFFFFFU, 0xCBF43926U);
}

TEST_F(CrcTest, Crc16OfXmodem) {
  write("CRC.POL", 0x1021);
  write("CRC.INIT", 0);
  write("CRC.CR", 1U << 3 | 1U);
  feed("123456789");
  EXPECT_EQ(read("CRC.DR"), 0x31C3U);
}

TEST_F(CrcTest, AWordIsFourBytesTheHighestFirst) {
  write("CRC.DR", 0x31323334);
  const uint32_t by_word = read("CRC.DR");
  write("CRC.CR", 1);
  feed("1234");
  EXPECT_EQ(read("CRC.DR"), by_word);
}

}  // namespace
}  // namespace tmc::sim
