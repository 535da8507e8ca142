// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Encoding and decoding from tables against run.c of llama2.c, done here as it is written there: with strings, a search
// of all pairs for every merge, and nothing of the tables.

#include "tmc/stream/tokenizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tmc/base/host/files.hpp"
#include "tmc/stream/host/llama2c_tokenizer.hpp"
#include "tmc/stream/testing/tokenizer_files.hpp"

namespace tmc::stream {
namespace {

using testing::llama2c_tokenizer_file;
using testing::ScoredPiece;

// encode() of run.c.
struct RunC {
  explicit RunC(std::vector<ScoredPiece> all) : pieces(std::move(all)) {
    for (size_t i = 0; i < pieces.size(); ++i) ids.emplace(pieces[i].first, static_cast<int32_t>(i));
  }
  std::vector<int32_t> encode(const std::string& text) const {
    std::vector<int32_t> tokens;
    if (!text.empty()) tokens.push_back(ids.at(" "));
    std::string character;
    for (size_t i = 0; i < text.size(); ++i) {
      if ((text[i] & 0xC0) != 0x80) character.clear();
      character += text[i];
      if (i + 1 < text.size() && (text[i + 1] & 0xC0) == 0x80 && character.size() < 4) continue;
      const auto found = ids.find(character);
      if (found != ids.end()) {
        tokens.push_back(found->second);
      } else {
        for (const char byte : character) tokens.push_back(static_cast<uint8_t>(byte) + 3);
      }
      character.clear();
    }
    while (merge_best(tokens)) {
    }
    return tokens;
  }
  bool merge_best(std::vector<int32_t>& tokens) const {
    float best_score = -1e10F;
    int32_t best = -1;
    size_t best_at = 0;
    for (size_t i = 0; i + 1 < tokens.size(); ++i) {
      const auto found = ids.find(pieces.at(tokens[i]).first + pieces.at(tokens[i + 1]).first);
      if (found == ids.end() || !(pieces.at(found->second).second > best_score)) continue;
      best_score = pieces.at(found->second).second;
      best = found->second;
      best_at = i;
    }
    if (best < 0) return false;
    tokens[best_at] = best;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(best_at) + 1);
    return true;
  }

  std::vector<ScoredPiece> pieces;
  std::map<std::string, int32_t> ids;
};

struct Loaded {
  std::vector<uint8_t> tables;
  Tokenizer tokenizer;
};

void load(const std::string& file, Loaded& loaded) {
  const auto model = read_llama2c_tokenizer(file);
  ASSERT_TRUE(model.ok()) << model.status().text();
  auto tables = tokenizer_tables(*model);
  ASSERT_TRUE(tables.ok()) << tables.status().text();
  loaded.tables = std::move(*tables);
  ASSERT_EQ(loaded.tokenizer.open(loaded.tables.data(), static_cast<uint32_t>(loaded.tables.size())), StreamError::kOk);
}

std::vector<int32_t> encoded(const Tokenizer& tokenizer, const std::string& text) {
  std::vector<int32_t> tokens(text.size() + 1);
  std::vector<uint16_t> ranks(tokens.size());
  int32_t count = -1;
  const EncodeMemory memory{tokens.data(), static_cast<int32_t>(tokens.size()), ranks.data(),
                            static_cast<int32_t>(ranks.size())};
  EXPECT_EQ(
      tokenizer.encode(reinterpret_cast<const uint8_t*>(text.data()), static_cast<int32_t>(text.size()), memory, count),
      StreamError::kOk);
  tokens.resize(static_cast<size_t>(count));
  return tokens;
}

std::string decoded(const Tokenizer& tokenizer, const std::vector<int32_t>& tokens) {
  std::string text;
  int32_t previous = tokenizer.tables().begin_token();
  for (const int32_t token : tokens) {
    const Piece piece = tokenizer.decode(previous, token);
    text.append(reinterpret_cast<const char*>(piece.bytes), static_cast<size_t>(piece.count));
    previous = token;
  }
  return text;
}

// Text of letters that merge, spaces, characters of several bytes, and now and then a byte that belongs to none.
std::string any_text(std::mt19937& rng, size_t most) {
  static const std::string kParts[] = {
      "a",  "b", "c",    "a",    "b",        " ", " ", "\xC3\xA9", "\xE2\x80\x99", "\xF0\x9F\x98\x80",
      "\n", "z", "\x80", "\xFF", "\xE2\x80", "<", "0", "x"};
  std::string text;
  const size_t count = rng() % (most + 1);
  for (size_t i = 0; i < count; ++i) text += kParts[rng() % std::size(kParts)];
  return text;
}

// Pieces of a few letters, so that nearly all neighbours merge in some order; scores repeat.
std::vector<ScoredPiece> any_pieces(std::mt19937& rng, bool spaces_within) {
  std::map<std::string, float> pieces = {{" ", 0}, {"a", -1}, {"b", -1}, {"c", -3}, {"\xC3\xA9", -4}, {"\n", -4}};
  for (int i = 0; i < 60; ++i) {
    std::string piece;
    const size_t count = 2 + rng() % 5;
    for (size_t at = 0; at < count; ++at) piece += "abc\n"[rng() % 4];
    if (rng() % 2 == 0) piece[spaces_within ? rng() % piece.size() : 0] = ' ';
    if (rng() % 8 == 0) piece = "  ";
    pieces[piece] = -static_cast<float>(rng() % 30);
  }
  return {pieces.begin(), pieces.end()};
}

TEST(Tokenizer, MergesAsLlama2cDoes) {
  std::mt19937 rng(5);
  int64_t merged = 0;
  for (int round = 0; round < 60; ++round) {
    const std::vector<ScoredPiece> more = any_pieces(rng, round % 2 == 0);
    Loaded loaded;
    load(llama2c_tokenizer_file(more), loaded);
    std::vector<ScoredPiece> all = testing::first_pieces_of_llama2c();
    all.insert(all.end(), more.begin(), more.end());
    const RunC oracle(all);
    for (int i = 0; i < 40; ++i) {
      const std::string text = any_text(rng, 60);
      const std::vector<int32_t> tokens = encoded(loaded.tokenizer, text);
      ASSERT_EQ(tokens, oracle.encode(text)) << text;
      merged += static_cast<int64_t>(text.size()) - static_cast<int64_t>(tokens.size());
      ASSERT_EQ(decoded(loaded.tokenizer, tokens), text);
    }
  }
  EXPECT_GT(merged, 5000);
}

TEST(Tokenizer, ReadsTheOneOfTheStories) {
  const auto file = read_file("../shared/models/llm/tok512.bin");
  if (!file.ok()) GTEST_SKIP() << "needs ../shared/models/llm/tok512.bin";
  Loaded loaded;
  load(*file, loaded);
  EXPECT_EQ(loaded.tokenizer.tables().tokens(), 512);
  EXPECT_TRUE(loaded.tokenizer.tables().has(kSplitsBeforeSpaces));
  EXPECT_LT(loaded.tables.size(), 3600U);
  EXPECT_THAT(encoded(loaded.tokenizer, "Once upon a time"), ::testing::ElementsAre(403, 407, 261, 378));

  std::vector<ScoredPiece> pieces;
  for (size_t at = 4; at < file->size();) {
    float score = 0;
    int32_t length = 0;
    std::memcpy(&score, file->data() + at, 4);
    std::memcpy(&length, file->data() + at + 4, 4);
    pieces.emplace_back(file->substr(at + 8, static_cast<size_t>(length)), score);
    at += 8 + static_cast<size_t>(length);
  }
  const RunC oracle(pieces);
  std::mt19937 rng(6);
  const std::string story = "Once upon a time, there was a little girl named Lily. She said, \"It’s café!\"\n  Ok?";
  ASSERT_EQ(encoded(loaded.tokenizer, story), oracle.encode(story));
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (int part = 0; part < 8; ++part) {
      text += rng() % 4 == 0 ? any_text(rng, 6) : story.substr(rng() % story.size(), rng() % 12);
    }
    const std::vector<int32_t> tokens = encoded(loaded.tokenizer, text);
    ASSERT_EQ(tokens, oracle.encode(text)) << text;
    ASSERT_EQ(decoded(loaded.tokenizer, tokens), text);
  }
}

TEST(Tokenizer, StopsWhereMemoryEnds) {
  Loaded loaded;
  load(llama2c_tokenizer_file({{" ", 0}, {"a", -1}, {"aa", -2}}), loaded);
  const std::string text = "aaaa aa";  // 8 symbols, words of 5 and 3, which become 3 tokens and 2
  for (int32_t capacity = 0; capacity <= 8; ++capacity) {
    for (int32_t longest = 0; longest <= 6; ++longest) {
      std::vector<int32_t> tokens(static_cast<size_t>(capacity) + 1, -5);
      std::vector<uint16_t> ranks(static_cast<size_t>(longest) + 1, 5);
      int32_t count = -1;
      const EncodeMemory memory{tokens.data(), capacity, ranks.data(), longest};
      const StreamError error =
          loaded.tokenizer.encode(reinterpret_cast<const uint8_t*>(text.data()), 7, memory, count);
      const bool fits = longest >= 5 && capacity >= 6;
      EXPECT_EQ(error, fits ? StreamError::kOk : StreamError::kNoRoom);
      EXPECT_EQ(count, fits ? 5 : 0);
      EXPECT_EQ(tokens.back(), -5);
      EXPECT_EQ(ranks.back(), 5);
    }
  }
}

TEST(Tokenizer, DecodesNothingOfWhatIsNoText) {
  Loaded loaded;
  load(llama2c_tokenizer_file({{" ", 0}, {" a", -1}}), loaded);
  const Tokenizer& tokenizer = loaded.tokenizer;
  for (const int32_t token : {-1, 1, 2, 261, 1 << 30}) EXPECT_EQ(tokenizer.decode(kNoToken, token).count, 0) << token;
  EXPECT_EQ(tokenizer.decode(kNoToken, 260).count, 2);
  EXPECT_EQ(tokenizer.decode(1, 260).count, 1);  // the space after the token that begins a text
  EXPECT_EQ(tokenizer.decode(1, 259).count, 0);
  EXPECT_EQ(*tokenizer.decode(kNoToken, 3 + 0x41).bytes, 'A');
}

TEST(Tokenizer, TablesOfAnotherSizeOrVersionAreRefused) {
  Loaded loaded;
  load(llama2c_tokenizer_file({{" ", 0}}), loaded);
  Tokenizer other;
  for (uint32_t count = 0; count < loaded.tables.size(); ++count) {
    ASSERT_EQ(other.open(loaded.tables.data(), count), StreamError::kBadTables);
  }
  for (const size_t at : {0, 4, 8, 12, 18, 20, 24}) {
    std::vector<uint8_t> tables = loaded.tables;
    tables[at] ^= 0x40;
    EXPECT_EQ(other.open(tables.data(), static_cast<uint32_t>(tables.size())), StreamError::kBadTables) << at;
  }
}

TEST(Llama2cTokenizer, FilesThatAreNoneAreRefused) {
  const std::string good = llama2c_tokenizer_file({{" ", 0}, {"ab", -1}});
  for (size_t cut = 0; cut < good.size(); ++cut) {
    const auto model = read_llama2c_tokenizer(good.substr(0, cut));
    // What ends with a token is one with fewer of them.
    ASSERT_TRUE(model.ok() ? cut == good.size() - 10 || cut == good.size() - 19
                           : model.status().code() == Error::kMalformed)
        << cut;
  }
  const auto refused = [&](const std::string& file) {
    const auto model = read_llama2c_tokenizer(file);
    return model.ok() ? std::string("read") : model.status().message();
  };
  std::string wrong = good;
  wrong.replace(wrong.find("<0x41>"), 6, "<0x42>");
  EXPECT_THAT(refused(wrong), ::testing::HasSubstr("token 68 is not <0x41>"));
  EXPECT_THAT(refused(llama2c_tokenizer_file({{"", 0}})), ::testing::HasSubstr("token 259 has 0 bytes"));
  EXPECT_THAT(refused(llama2c_tokenizer_file({{"a", std::nanf("")}})), ::testing::HasSubstr("not finite"));
  const auto long_piece = read_llama2c_tokenizer(llama2c_tokenizer_file({{std::string(256, 'a'), 0}}));
  ASSERT_TRUE(long_piece.ok());
  EXPECT_THAT(tokenizer_tables(*long_piece).status().message(), ::testing::HasSubstr("token 259 has 256 bytes"));
}

}  // namespace
}  // namespace tmc::stream
