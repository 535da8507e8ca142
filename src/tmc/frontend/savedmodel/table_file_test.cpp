// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/table_file.hpp"

#include <gtest/gtest.h>

#include "tmc/frontend/savedmodel/testing/saved_model_files.hpp"

namespace tmc::frontend::savedmodel {
namespace {

// RFC 3720, B.4: the CRC-32C of 32 bytes of zeros is 8a9136aa; LevelDB stores it turned by 15 bits, plus a constant.
TEST(TableFile, KnowsItsChecksum) {
  constexpr uint32_t kCrc = 0x8a9136aa;
  EXPECT_EQ(masked_crc32c(std::vector<std::byte>(32)), ((kCrc >> 15) | (kCrc << 17)) + 0xa282ead8);
}

TEST(TableFile, ReadsKeysThatSharePrefixes) {
  std::string table;
  std::string entries = varint(0) + varint(3) + varint(1) + "abc" + "1";
  entries += varint(2) + varint(1) + varint(2) + "d" + "23";  // "abd"
  entries += fixed_bytes<uint32_t>(0) + fixed_bytes<uint32_t>(1);
  const std::string handle = varint(0) + varint(entries.size());
  entries += '\0';
  table = entries + fixed_bytes(checksum(entries));
  std::string footer = add_block(table, {});
  footer += add_block(table, {{"abd", handle}});
  footer.resize(40, '\0');
  table += footer + fixed_bytes<uint64_t>(0xdb4775248b80fb57);
  const auto read = read_table(std::as_bytes(std::span(table)));
  ASSERT_TRUE(read.ok()) << read.status().text();
  EXPECT_EQ(*read, (std::map<std::string, std::string>{{"abc", "1"}, {"abd", "23"}}));
}

TEST(TableFile, RefusesCompressedBlocks) {
  std::string table = table_of({{"k", "v"}});
  EXPECT_TRUE(read_table(std::as_bytes(std::span(table))).ok());
  // The first block, of two numbers, a key, a value and its restart points: its kind stands behind.
  constexpr size_t kBlock = 13;
  table[kBlock] = 1;
  const std::string block = table.substr(0, kBlock + 1);
  table.replace(kBlock + 1, 4, fixed_bytes(checksum(block)));
  EXPECT_EQ(read_table(std::as_bytes(std::span(table))).status().code(), Error::kUnsupportedType);
}

}  // namespace
}  // namespace tmc::frontend::savedmodel
