// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/targets/byte_size.hpp"

#include <gtest/gtest.h>

namespace tmc {
namespace {

TEST(ByteSize, ReadsNumbersAndUnits) {
  EXPECT_EQ(parse_byte_size("0").value(), 0U);
  EXPECT_EQ(parse_byte_size("512").value(), 512U);
  EXPECT_EQ(parse_byte_size("64K").value(), 65536U);
  EXPECT_EQ(parse_byte_size("2m").value(), 2097152U);
  EXPECT_EQ(parse_byte_size("1G").value(), 1073741824U);
}

TEST(ByteSize, RefusesEverythingElse) {
  for (const char* text : {"", "K", "-1", "1.5K", "12X", "1 K", "0x10", "9007199254740992K", "99999999999999999999"}) {
    const auto size = parse_byte_size(text);
    EXPECT_FALSE(size.ok()) << text;
    EXPECT_EQ(size.status().code(), Error::kBadUsage) << text;
  }
}

}  // namespace
}  // namespace tmc
