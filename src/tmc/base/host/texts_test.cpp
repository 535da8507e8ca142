// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/texts.hpp"

#include <gmock/gmock.h>

namespace tmc {
namespace {

std::string utf8(uint32_t code) {
  std::string text;
  return append_utf8(code, text) ? text : "refused";
}

TEST(Texts, CodePointsOfAllLengths) {
  EXPECT_EQ(utf8('a'), "a");
  EXPECT_EQ(utf8(0xe4), "\u00e4");
  EXPECT_EQ(utf8(0x7ff), "\u07ff");
  EXPECT_EQ(utf8(0x800), "\u0800");
  EXPECT_EQ(utf8(0xffff), "\uffff");
  EXPECT_EQ(utf8(0x10000), "\U00010000");
  EXPECT_EQ(utf8(0x10ffff), "\U0010ffff");
  for (const uint32_t code : {0xd800u, 0xdfffu, 0x110000u, 0xffffffffu}) EXPECT_EQ(utf8(code), "refused");
}

TEST(Texts, ArePaddedAndReadBack) {
  const std::vector<std::string> texts = {"ab", "", "abc"};
  const std::vector<std::byte> bytes = padded_texts(texts, 3);
  ASSERT_EQ(bytes.size(), 9u);
  for (size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(text_at(&bytes[3 * i], 3), texts[i]);
}

}  // namespace
}  // namespace tmc
