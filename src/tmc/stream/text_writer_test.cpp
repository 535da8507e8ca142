// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The loop around a decoder's step: a decoder that is no more than a list of tokens stands for the model.

#include "tmc/stream/text_writer.hpp"

#include <gtest/gtest.h>

#include "tmc/stream/host/llama2c_tokenizer.hpp"
#include "tmc/stream/host/regular_expression.hpp"
#include "tmc/stream/host/stop_strings.hpp"
#include "tmc/stream/testing/tokenizer_files.hpp"
#include "tmc/stream/tokenizer.hpp"

namespace tmc::stream {
namespace {

using Writer = TextWriter<Tokenizer>;

constexpr int32_t kFirst = 259;  // of the pieces that a file has behind those that all have
enum Token : int32_t { kEnd = 2, kSpace = kFirst, kA, kB, kAB, kNewline };
constexpr int32_t kTokens = 264;

std::vector<uint8_t> tokenizer() {
  const auto model = read_llama2c_tokenizer(
      testing::llama2c_tokenizer_file({{" ", -9}, {"a", -10}, {"b", -11}, {"ab", -1}, {"\n", -12}}));
  return *tokenizer_tables(*model);
}

Table table_of(const std::vector<uint8_t>& bytes) {
  return bytes.empty() ? Table{} : Table{bytes.data(), static_cast<uint32_t>(bytes.size())};
}

struct Setting {
  StreamSpec stream = {.window = 16};
  std::vector<std::string> stops = {};
  std::string expression = {};
  bool adds_begin = true;
  int32_t other_end = kNoToken;
};

// What became of a text, and what the decoder had read by then.
struct Written {
  std::string text;
  std::vector<std::string> pieces;
  std::vector<int32_t> read;
  StreamError error = StreamError::kOk;
};

// Logits are largest for the tokens of `wish`, one after the other, and second largest for newline.
Written write(const Setting& setting, const std::string& prompt, const std::vector<int32_t>& wish, int steps) {
  const std::vector<uint8_t> tokens = tokenizer();
  std::vector<uint8_t> stops, expression;
  if (!setting.stops.empty()) stops = automaton_tables(*stop_strings_automaton(setting.stops));
  if (!setting.expression.empty()) {
    expression = automaton_tables(*regular_expression_automaton(setting.expression));
  }
  int32_t prompt_tokens[32];
  uint16_t ranks[32];
  uint32_t words[kTokens], allowed[9];
  uint8_t held[Writer::kHeldBytes];
  Writer writer({.stream = setting.stream,
                 .adds_begin = setting.adds_begin,
                 .other_ends = {setting.other_end},
                 .other_end_count = 1},
                {table_of(tokens), table_of(stops), table_of(expression)},
                {.prompt = {prompt_tokens, 32, ranks, 32},
                 .sampler = {.words = words, .word_count = kTokens},
                 .allowed = allowed,
                 .allowed_words = 9,
                 .held = held,
                 .held_bytes = Writer::kHeldBytes});
  Written written;
  const auto add = [&] {
    const Piece piece = writer.text();
    written.pieces.emplace_back(reinterpret_cast<const char*>(piece.bytes), static_cast<size_t>(piece.count));
    written.text += written.pieces.back();
  };
  written.error = writer.begin(reinterpret_cast<const uint8_t*>(prompt.data()), static_cast<int32_t>(prompt.size()));
  if (written.error == StreamError::kOk && !setting.adds_begin) add();
  size_t wished = 0;
  for (int step = 0; step < steps && written.error == StreamError::kOk && !writer.is_done(); ++step) {
    int32_t token = 0;
    CacheInput place;
    written.error = writer.next(token, place);
    if (written.error != StreamError::kOk) break;
    EXPECT_EQ(place.position, step);
    written.read.push_back(token);
    float logits[kTokens] = {};
    logits[kNewline] = 1;
    const bool is_of_prompt = step + 1 < writer.prompt_tokens();
    if (!is_of_prompt && wished < wish.size()) logits[wish[wished++]] = 2;
    written.error = writer.take({.data = logits, .count = kTokens});
    if (written.error == StreamError::kOk) add();
  }
  if (!writer.is_done()) {
    writer.finish();
    add();
  }
  return written;
}

TEST(TextWriter, WritesThePromptAndWhatIsChosenBehindIt) {
  const Written written = write({}, "ab", {kB, kSpace, kAB}, 6);
  EXPECT_EQ(written.error, StreamError::kOk);
  EXPECT_EQ(written.read, (std::vector<int32_t>{1, kSpace, kAB, kB, kSpace, kAB}));
  EXPECT_EQ(written.text, "abb ab\n");  // the space that the tokenizer adds is no text
}

TEST(TextWriter, EndsWithTheTokenThatEndsTexts) {
  for (const int32_t end : {1, int32_t{kEnd}}) {
    const Written written = write({}, "", {kA, kB, end, kA}, 10);
    EXPECT_EQ(written.text, "ab");
    EXPECT_EQ(written.read.size(), 3U);
  }
}

TEST(TextWriter, EndsWithOtherTokensThatAreSaidToEndTexts) {
  EXPECT_EQ(write({.other_end = kB}, "b", {kA, kB, kA}, 10).text, "ba");
}

TEST(TextWriter, BeginsWithThePromptWhereNothingGoesBeforeIt) {
  const Written written = write({.adds_begin = false}, "ab", {kB}, 3);
  EXPECT_EQ(written.read, (std::vector<int32_t>{kSpace, kAB, kB}));
  EXPECT_EQ(written.pieces.front(), " ");
  EXPECT_EQ(written.text, " abb\n");
  EXPECT_EQ(write({.adds_begin = false}, "", {kA}, 2).read, (std::vector<int32_t>{1, kA}));
}

TEST(TextWriter, HoldsBackWhatMayBecomeAStop) {
  const Setting setting{.stops = {"aab", "ba\n"}};
  const Written stopped = write(setting, "", {kB, kA, kA, kAB, kSpace}, 10);
  EXPECT_EQ(stopped.text, "ba");
  EXPECT_EQ(stopped.pieces, (std::vector<std::string>{"", "", "b", "a"}));
  const Written not_yet = write(setting, "", {kB, kA, kA}, 3);
  EXPECT_EQ(not_yet.text, "baa");
  EXPECT_EQ(not_yet.pieces.back(), "aa");
  // The prompt is text, whatever it has.
  EXPECT_EQ(write(setting, "aab", {kB, kEnd}, 10).text, "aabb");
}

TEST(TextWriter, AnExpressionAllowsWhatItMatches) {
  const Setting setting{.expression = "b+a"};
  EXPECT_EQ(write(setting, "aa", {kB, kAB, kA, kA}, 10).error, StreamError::kOk);
  EXPECT_EQ(write(setting, "aa", {kB, kAB, kA, kA}, 10).text.substr(0, 3), "aab");
  const Written written = write(setting, "", {kA, kB, kA, kA}, 10);  // a first a is not allowed
  EXPECT_EQ(written.text.find('b'), 0U);
  EXPECT_EQ(written.text.back(), 'a');
}

TEST(TextWriter, RefusesWhatDoesNotGo) {
  EXPECT_EQ(write({.stream = {.window = 3}}, "", {kA, kA, kA, kA}, 10).error, StreamError::kWindowFull);
  EXPECT_EQ(write({.stream = {.window = 3}}, "", {kA, kA, kA, kA}, 10).text, "aaa");
  EXPECT_EQ(write({.stream = {.window = 3, .sinks = 3, .mode = StreamMode::kSinks}}, "", {}, 1).error,
            StreamError::kBadSpec);
  EXPECT_EQ(write({}, std::string(40, 'a'), {}, 1).error, StreamError::kNoRoom);
}

}  // namespace
}  // namespace tmc::stream
