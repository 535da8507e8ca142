// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/image/crc32.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace tmc::image {
namespace {

uint32_t crc_of(std::string_view text, uint32_t crc = 0) {
  return crc32(crc, reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

TEST(Crc32, IsThatOfIeee8023) {
  EXPECT_EQ(crc_of(""), 0U);
  EXPECT_EQ(crc_of("123456789"), 0xcbf43926U);  // the check value of the catalogues
  EXPECT_EQ(crc_of("The quick brown fox jumps over the lazy dog"), 0x414fa339U);
}

TEST(Crc32, GoesOnFromAnEarlierPart) {
  EXPECT_EQ(crc_of("6789", crc_of("12345")), crc_of("123456789"));
}

}  // namespace
}  // namespace tmc::image
