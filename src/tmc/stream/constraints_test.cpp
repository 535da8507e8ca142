// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Automata of stop strings and of expressions, random ones, against a search and against the definition.

#include "tmc/stream/constraints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <tuple>

#include "tmc/stream/host/llama2c_tokenizer.hpp"
#include "tmc/stream/host/regular_expression.hpp"
#include "tmc/stream/host/stop_strings.hpp"
#include "tmc/stream/testing/tokenizer_files.hpp"

namespace tmc::stream {
namespace {

using ::testing::HasSubstr;

struct Opened {
  std::vector<uint8_t> tables;
  ByteAutomaton automaton;
};

void open(const Result<Automaton>& made, Opened& opened) {
  ASSERT_TRUE(made.ok()) << made.status().text();
  opened.tables = automaton_tables(*made);
  ASSERT_EQ(opened.automaton.open(opened.tables.data(), static_cast<uint32_t>(opened.tables.size())), StreamError::kOk);
}

const uint8_t* bytes_of(const std::string& text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

std::string any_string(std::mt19937& rng, std::string_view letters, size_t least, size_t most) {
  std::string text;
  const size_t count = least + rng() % (most - least + 1);
  for (size_t i = 0; i < count; ++i) text += letters[rng() % letters.size()];
  return text;
}

// The longest string that `text` ends with; 0 where there is none.
size_t ends_with(const std::string& text, const std::vector<std::string>& strings) {
  size_t longest = 0;
  for (const std::string& string : strings) {
    if (text.ends_with(string)) longest = std::max(longest, string.size());
  }
  return longest;
}
// The most bytes at the end of `text` that begin one of the strings.
size_t may_become(const std::string& text, const std::vector<std::string>& strings) {
  for (size_t count = text.size(); count > 0; --count) {
    for (const std::string& string : strings) {
      if (string.starts_with(text.substr(text.size() - count))) return count;
    }
  }
  return 0;
}

TEST(StopStrings, AreFoundAcrossPieces) {
  std::mt19937 rng(31);
  int stopped = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> strings;
    for (size_t i = 0; i < 1 + rng() % 4; ++i) strings.push_back(any_string(rng, "ab\xC3", 1, 6));
    Opened opened;
    open(stop_strings_automaton(strings), opened);
    StopStrings stops(opened.automaton);
    std::string text;
    for (bool goes_on = true; goes_on && text.size() < 40;) {
      const std::string piece = any_string(rng, "aab\xC3 ", 0, 4);
      StopStrings again(opened.automaton);
      ASSERT_TRUE(again.set_state(stops.state()));
      const auto found = stops.feed(bytes_of(piece), static_cast<int32_t>(piece.size()));
      ASSERT_EQ(again.feed(bytes_of(piece), static_cast<int32_t>(piece.size())).held, found.held);
      size_t taken = 0;
      size_t end = 0;
      while (taken < piece.size() && end == 0) {
        text += piece[taken++];
        end = ends_with(text, strings);
      }
      ASSERT_EQ(found.taken, static_cast<int32_t>(taken));
      ASSERT_EQ(found.stops, end > 0);
      ASSERT_EQ(found.held, static_cast<int32_t>(end > 0 ? end : may_become(text, strings)));
      goes_on = !found.stops;
      stopped += found.stops ? 1 : 0;
    }
  }
  EXPECT_GT(stopped, 1000);
}

TEST(StopStrings, ThatCannotBeAreRefused) {
  EXPECT_THAT(stop_strings_automaton({}).status().message(), HasSubstr("no strings"));
  EXPECT_THAT(stop_strings_automaton({"a", ""}).status().message(), HasSubstr("0 bytes"));
  EXPECT_THAT(stop_strings_automaton({std::string(256, 'a')}).status().message(), HasSubstr("256 bytes"));
  EXPECT_THAT(stop_strings_automaton(std::vector<std::string>(20, std::string(250, 'a'))).status().message(),
              HasSubstr("5000 bytes together"));
}

// A random expression with what it matches by its definition: the places where a match that begins at a place ends.
struct Expression {
  std::string text;
  std::function<std::set<size_t>(const std::string&, size_t)> ends;
};

Expression any_atom(std::mt19937& rng) {
  static const std::pair<const char*, const char*> kAtoms[] = {
      {"a", "a"},        {"b", "b"},       {"1", "1"},         {" ", " "},
      {".", "ab1 _.-z"}, {"[ab]", "ab"},   {"[a-b1]", "ab1"},  {"[^a1]", "b _\n.-z"},
      {"\\d", "1"},      {"\\w", "ab1_z"}, {"\\s", " \n"},     {"\\n", "\n"},
      {"\\.", "."},      {"\\x61", "a"},   {"[\\d_-]", "1_-"}, {"\\D", "ab _\n.-z"},
      {"\\W", " \n.-"}};
  const auto& [text, letters] = kAtoms[rng() % std::size(kAtoms)];
  return {text, [letters = std::string(letters)](const std::string& of, size_t at) {
            const bool is_there = at < of.size() && letters.find(of[at]) != std::string::npos;
            return is_there ? std::set<size_t>{at + 1} : std::set<size_t>{};
          }};
}

Expression repeated(const Expression& one, std::mt19937& rng) {
  constexpr size_t kNoLimit = 20;
  static const std::tuple<const char*, size_t, size_t> kCounts[] = {
      {"*", 0, kNoLimit}, {"+", 1, kNoLimit}, {"?", 0, 1}, {"{2}", 2, 2}, {"{1,}", 1, kNoLimit},
      {"{0,2}", 0, 2},    {"{1,3}", 1, 3},    {"", 1, 1},  {"", 1, 1},    {"", 1, 1}};
  const auto& [text, least, most] = kCounts[rng() % std::size(kCounts)];
  return {one.text + text, [one, least = least, most = most](const std::string& of, size_t at) {
            std::set<size_t> all;
            std::set<size_t> places = {at};
            for (size_t times = 0; times <= most && !places.empty(); ++times) {
              if (times >= least) all.insert(places.begin(), places.end());
              std::set<size_t> next;
              for (const size_t place : places) next.merge(one.ends(of, place));
              places = std::move(next);
            }
            return all;
          }};
}

Expression any_expression(std::mt19937& rng, int depth) {
  Expression whole{"", [](const std::string&, size_t at) { return std::set<size_t>{at}; }};
  const size_t parts = 1 + rng() % 3;
  for (size_t i = 0; i < parts; ++i) {
    Expression part = any_atom(rng);
    if (depth > 0 && rng() % 3 == 0) {
      part = any_expression(rng, depth - 1);
      part.text = (rng() % 2 == 0 ? "(" : "(?:") + part.text + ")";
    }
    part = repeated(part, rng);
    whole = {whole.text + part.text, [first = whole.ends, second = part.ends](const std::string& of, size_t at) {
               std::set<size_t> all;
               for (const size_t place : first(of, at)) all.merge(second(of, place));
               return all;
             }};
  }
  if (rng() % 4 != 0) return whole;
  const Expression other = any_atom(rng);
  return {whole.text + "|" + other.text, [first = whole.ends, second = other.ends](const std::string& of, size_t at) {
            std::set<size_t> all = first(of, at);
            all.merge(second(of, at));
            return all;
          }};
}

bool matches(const ByteAutomaton& automaton, const std::string& text) {
  uint32_t state = 0;
  for (const char byte : text) {
    state = automaton.next(state, static_cast<uint8_t>(byte));
    if (state == ByteAutomaton::kNowhere) return false;
  }
  return automaton.info(state) == 1;
}

TEST(RegularExpression, MatchesByItsDefinition) {
  std::mt19937 rng(32);
  int matched = 0;
  int too_large = 0;
  for (int round = 0; round < 250; ++round) {
    const Expression expression = any_expression(rng, round % 10 == 0 ? 2 : 1);
    const auto made = regular_expression_automaton(expression.text);
    if (!made.ok() && made.status().message().find("more than 4096 states") != std::string::npos) {
      ++too_large;
      continue;
    }
    Opened opened;
    open(made, opened);
    for (int i = 0; i < 60; ++i) {
      const std::string text = any_string(rng, i % 2 == 0 ? "ab1 _\n.-z" : "ab", 0, 8);
      const bool is_match = expression.ends(text, 0).contains(text.size());
      ASSERT_EQ(matches(opened.automaton, text), is_match) << expression.text << " on " << text;
      matched += is_match ? 1 : 0;
    }
  }
  EXPECT_GT(matched, 1000);
  EXPECT_LT(too_large, 20);
}

TEST(RegularExpression, CharactersAreThoseOfUtf8) {
  const auto match = [](const char* expression, const std::string& text) {
    Opened opened;
    open(regular_expression_automaton(expression), opened);
    return matches(opened.automaton, text);
  };
  EXPECT_TRUE(match(".", "é"));
  EXPECT_TRUE(match("..", "€😀"));
  EXPECT_FALSE(match(".", "\xC3"));
  EXPECT_FALSE(match(".", "\xC0\x80"));          // longer than it has to be
  EXPECT_FALSE(match(".", "\xED\xA0\x80"));      // half of a pair of UTF-16
  EXPECT_FALSE(match(".", "\xF4\x90\x80\x80"));  // beyond the last
  EXPECT_TRUE(match("[^a]{2}", "bé"));
  EXPECT_TRUE(match("(é|b)+", "ébé"));
  EXPECT_TRUE(match("é{2}", "éé"));
  EXPECT_TRUE(match("\\W", "é"));
  EXPECT_FALSE(match("\\w", "é"));
}

TEST(RegularExpression, WhatIsNotSupportedIsRefusedByName) {
  const auto refusal = [](std::string_view expression) {
    const auto made = regular_expression_automaton(expression);
    return made.ok() ? std::string("taken") : made.status().message();
  };
  EXPECT_THAT(refusal("^a"), HasSubstr("anchors"));
  EXPECT_THAT(refusal("a$"), HasSubstr("anchors"));
  EXPECT_THAT(refusal("a*?"), HasSubstr("lazy"));
  EXPECT_THAT(refusal("(?=a)"), HasSubstr("only (?:"));
  EXPECT_THAT(refusal("(a)\\1"), HasSubstr("escape is not supported"));
  EXPECT_THAT(refusal("\\b"), HasSubstr("escape is not supported"));
  EXPECT_THAT(refusal("[é]"), HasSubstr("beyond ASCII"));
  EXPECT_THAT(refusal("[\\D]"), HasSubstr("capitals"));
  EXPECT_THAT(refusal("[b-a]"), HasSubstr("backward"));
  EXPECT_THAT(refusal("[]"), HasSubstr("empty class"));
  EXPECT_THAT(refusal("(a"), HasSubstr("not closed"));
  EXPECT_THAT(refusal("a)"), HasSubstr("closes nothing"));
  EXPECT_THAT(refusal("[a"), HasSubstr("not closed"));
  EXPECT_THAT(refusal("*a"), HasSubstr("nothing to repeat"));
  EXPECT_THAT(refusal("a{3,2}"), HasSubstr("{m,n}"));
  EXPECT_THAT(refusal("a{1001}"), HasSubstr("at most 1000"));
  EXPECT_THAT(refusal("a\\"), HasSubstr("at the end"));
  EXPECT_THAT(refusal("\\xC3"), HasSubstr("of ASCII"));
  EXPECT_THAT(refusal("\xC3"), HasSubstr("no UTF-8"));
  EXPECT_THAT(refusal("[^\\x00-\\x7F]a"), "taken");
  EXPECT_THAT(refusal("((a{1000}){1000}){1000}"), HasSubstr("nodes"));
  EXPECT_THAT(refusal("(a|b)*a(a|b){14}"), HasSubstr("more than 4096 states"));
  EXPECT_THAT(refusal(std::string(1000, '(')), HasSubstr("too deep"));
}

// Whatever it is, an expression is refused or made.
TEST(RegularExpression, RandomBytesDoNoHarm) {
  std::mt19937 rng(33);
  int made = 0;
  for (int round = 0; round < 5000; ++round) {
    made += regular_expression_automaton(any_string(rng, "ab(|)[]^{}1,2*+?.\\dx-\xC3\xA9", 0, 12)).ok() ? 1 : 0;
  }
  EXPECT_GT(made, 100);
}

// A language of a few texts, and what may follow a beginning of one by looking at all of them.
TEST(TextConstraint, AllowsWhatAMatchGoesOnWith) {
  const std::vector<std::string> language = {"ab", "abc", "abab", "a11", "a111", "b"};
  Opened opened;
  open(regular_expression_automaton("ab|abc|abab|a1{2,3}|b"), opened);
  const std::vector<testing::ScoredPiece> pieces = {{"a", 0},   {"b", 0},   {"c", 0},  {"1", 0},   {"ab", 0},
                                                    {"aba", 0}, {"11", 0},  {"bc", 0}, {"111", 0}, {"b1", 0},
                                                    {"aa", 0},  {"bab", 0}, {" a", 0}};
  const auto model = read_llama2c_tokenizer(testing::llama2c_tokenizer_file(pieces));
  ASSERT_TRUE(model.ok());
  const auto tables = tokenizer_tables(*model);
  ASSERT_TRUE(tables.ok());
  TokenizerTables tokens;
  ASSERT_EQ(tokens.open(tables->data(), static_cast<uint32_t>(tables->size())), StreamError::kOk);

  std::mt19937 rng(34);
  std::vector<uint32_t> mask(static_cast<size_t>(tokens.tokens() + 31) / 32);
  for (int round = 0; round < 200; ++round) {
    TextConstraint constraint(opened.automaton, tokens);
    std::string text;
    while (true) {
      ASSERT_EQ(constraint.allow(mask.data(), static_cast<int32_t>(mask.size())), StreamError::kOk);
      std::vector<int32_t> allowed;
      for (int32_t token = 0; token < tokens.tokens(); ++token) {
        const bool is_allowed = (mask[static_cast<size_t>(token) / 32] >> token % 32 & 1) != 0;
        if (is_allowed) allowed.push_back(token);
        const Piece piece = tokens.piece(token);
        const std::string next = text + std::string(piece.bytes, piece.bytes + piece.count);
        const bool wanted =
            token == tokens.end_token()
                ? std::find(language.begin(), language.end(), text) != language.end()
                : piece.count > 0 && std::any_of(language.begin(), language.end(),
                                                 [&](const auto& one) { return one.starts_with(next); });
        ASSERT_EQ(is_allowed, wanted) << text << " then " << token;
        ASSERT_TRUE(is_allowed || constraint.accept(token) == StreamError::kNotAllowed);
      }
      ASSERT_FALSE(allowed.empty());
      const int32_t token = allowed[rng() % allowed.size()];
      ASSERT_EQ(constraint.accept(token), StreamError::kOk);
      if (token == tokens.end_token()) break;
      const Piece piece = tokens.piece(token);
      text.append(piece.bytes, piece.bytes + piece.count);
    }
  }
  TextConstraint constraint(opened.automaton, tokens);
  EXPECT_EQ(constraint.allow(mask.data(), static_cast<int32_t>(mask.size()) - 1), StreamError::kNoRoom);
  EXPECT_FALSE(constraint.set_state(opened.automaton.states()));
  EXPECT_EQ(constraint.accept(-1), StreamError::kNotAllowed);
  EXPECT_EQ(constraint.accept(tokens.tokens()), StreamError::kNotAllowed);
}

TEST(ByteAutomaton, TablesOfAnotherSizeAreRefused) {
  Opened opened;
  open(regular_expression_automaton("a+"), opened);
  EXPECT_EQ(opened.automaton.states(), 2U);
  ByteAutomaton other;
  for (uint32_t count = 0; count < opened.tables.size(); ++count) {
    ASSERT_EQ(other.open(opened.tables.data(), count), StreamError::kBadTables);
  }
}

}  // namespace
}  // namespace tmc::stream
