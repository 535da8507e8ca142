// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// tests/test_tokenizers.py compares tokens with Hugging Face's; here is what needs none of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/stream/host/tokenizer_file.hpp"
#include "tmc/stream/testing/tokenizer_files.hpp"
#include "tmc/stream/word_tokenizer.hpp"

namespace tmc::stream {
namespace {

using ::testing::ElementsAre;
using testing::huggingface_tokenizer_file;

std::vector<int32_t> encoded(const std::string& file, std::string_view text) {
  const auto model = read_tokenizer(file);
  EXPECT_TRUE(model.ok()) << model.status().text();
  const auto tables = tokenizer_tables(*model);
  EXPECT_TRUE(tables.ok()) << tables.status().text();
  const auto tokens = encode_text(*tables, text);
  EXPECT_TRUE(tokens.ok()) << tokens.status().text();
  return *tokens;
}

TEST(HuggingfaceTokenizer, ReadsBytesAndCharacters) {
  EXPECT_THAT(encoded(huggingface_tokenizer_file(true), "abc \n\xFF"), ElementsAre(256, 'c', ' ', '\n', 0xFF));
  EXPECT_THAT(encoded(huggingface_tokenizer_file(false), "ab\xC3\xA9 b"), ElementsAre(260, 256, 0xC3, 0xA9, 260, 259));
  EXPECT_THAT(encoded(huggingface_tokenizer_file(false), " ab"), ElementsAre(260, 256));
  EXPECT_THAT(encoded(huggingface_tokenizer_file(false),
                      "\xE2\x96\x81"
                      "ab"),
              ElementsAre(260, 256));
}

TEST(HuggingfaceTokenizer, KnowsTheTokenThatEndsAText) {
  const auto model = read_tokenizer(huggingface_tokenizer_file(true));
  ASSERT_TRUE(model.ok()) << model.status().text();
  EXPECT_EQ(model->end, 257);
  EXPECT_EQ(model->tokens[257].kind, TokenizerModel::Kind::kControl);
}

TEST(HuggingfaceTokenizer, FilesThatAreCutOffAreRefused) {
  const std::string file = huggingface_tokenizer_file(true);
  for (size_t cut = 0; cut < file.size(); cut += 7) ASSERT_FALSE(read_tokenizer(file.substr(0, cut)).ok()) << cut;
}

TEST(WordTokenizer, RefusesScriptsThatItDoesNotKnow) {
  const auto model = read_tokenizer(huggingface_tokenizer_file(true));
  ASSERT_TRUE(model.ok());
  const auto tables = tokenizer_tables(*model);
  ASSERT_TRUE(tables.ok());
  EXPECT_EQ(encode_text(*tables, "a \xE0\xA4\xA8").status().code(), Error::kBadInput);
  Tokenizer plain;
  ASSERT_EQ(plain.open(tables->data(), static_cast<uint32_t>(tables->size())), StreamError::kOk);
  int32_t count = 0;
  EXPECT_EQ(plain.encode(nullptr, 0, {}, count), StreamError::kBadTables);
}

TEST(CharacterClass, ClassesAreSortedAndEnd) {
  uint32_t before = 0;
  for (const uint32_t entry : kCharacterClasses) {
    EXPECT_TRUE(entry == 0 || entry >> 3 > before >> 3);
    EXPECT_LE(entry & 7, 4U);
    before = entry;
  }
  EXPECT_EQ(class_of_character('a'), CharacterClass::kLetter);
  EXPECT_EQ(class_of_character(0xA0), CharacterClass::kSpace);
  EXPECT_EQ(class_of_character(0xBD), CharacterClass::kNumber);
  EXPECT_EQ(class_of_character(0x2019), CharacterClass::kOther);
  EXPECT_EQ(class_of_character(0x10FFFF), CharacterClass::kUnknown);
}

}  // namespace
}  // namespace tmc::stream
