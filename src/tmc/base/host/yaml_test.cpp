// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc {
namespace {

using Json = json::Value;
using ::testing::HasSubstr;

TEST(Yaml, WritesBlocksAndShortLists) {
  const Json value = {{"name", "net"},
                      {"empty", Json::array()},
                      {"shape", Json::array({1, 2})},
                      {"nodes", Json::array({{{"op", "add"}, {"inputs", Json::array({"x", nullptr})}},
                                             {{"op", "clip"}, {"max", "inf"}}})}};
  EXPECT_EQ(to_yaml(value), R"(name: net
empty: []
shape: [1, 2]
nodes:
  - op: add
    inputs: [x, null]
  - op: clip
    max: "inf"
)");
}

TEST(Yaml, ReadsBackWhatItWrote) {
  Json texts = Json::array();
  for (const char* text :
       {"",     "null", "~", "True",       "yes",   "12",   "1e3",      "-",     "- x",        "a: b", "a#b", "#",
        "0x10", "=",    "é", "two\nlines", "tab\t", "\x01", "quote\"s", "{",     "[",          "&a",   "*a",  "!t",
        "%",    "@",    "`", "a/b.c",      "Af4=",  "12==", ".5",       "1_000", "2026-11-21", "<<",   "inf", "\\"}) {
    texts.push_back(text);
  }
  const Json value = {{"texts", texts},
                      {"true", true},
                      {"numbers", Json::array({0, -3, 9223372036854775807, 0.1, -0.0, 1e-30, 18446744073709551615U})},
                      {"nested", Json::array({{{"a", {{"b", Json::array({{{"c", Json::object()}}})}}}}})},
                      {"lists", Json::array({Json::array({Json::array({1, 2}), Json::array({3})}), Json::array()})},
                      {"key: odd", nullptr}};
  const auto again = parse_yaml(to_yaml(value));
  ASSERT_TRUE(again.ok()) << again.status().text() << "\n" << to_yaml(value);
  EXPECT_EQ(again->dump(), value.dump());
}

TEST(Yaml, ReadsWhatPeopleWrite) {
  const auto value = parse_yaml("# a comment\nimage:\n  mean: [0.5, 1]   # two\n  name: some text\n  on: ~\n");
  ASSERT_TRUE(value.ok()) << value.status().text();
  EXPECT_EQ(*value, Json({{"image", {{"mean", Json::array({0.5, 1})}, {"name", "some text"}, {"on", nullptr}}}}));
}

TEST(Yaml, RefusesWhatCouldMeanMore) {
  const std::pair<const char*, const char*> cases[] = {{"a: &x 1", "line 1: an anchor"},
                                                       {"a: 1\nb: *x", "line 2"},
                                                       {"a: !!binary x", "a tag"},
                                                       {"a: 1\na: 2", "key 'a' a second time"},
                                                       {"? [1]\n: 2", "a key that is no text"},
                                                       {"a: 1\n---\nb: 2", "second"},
                                                       {"", "no YAML"},
                                                       {"a: [1", "line"},
                                                       {"a: b: c", "line 1"}};
  for (const auto& [text, message] : cases) {
    const auto value = parse_yaml(text);
    ASSERT_FALSE(value.ok()) << text;
    EXPECT_EQ(value.status().code(), Error::kMalformed);
    EXPECT_THAT(value.status().text(), HasSubstr(message)) << text;
  }
}

TEST(Yaml, RefusesDeepNesting) {
  EXPECT_TRUE(parse_yaml(std::string(60, '[') + std::string(60, ']')).ok());
  EXPECT_FALSE(parse_yaml(std::string(100'000, '[')).ok());
  EXPECT_FALSE(parse_yaml(std::string(70, '[') + std::string(70, ']')).ok());
}

TEST(Yaml, EveryTruncationIsReadOrRefused) {
  const std::string text = to_yaml({{"a", Json::array({1, {{"b", "c"}}})}, {"d", "\"quoted\""}});
  for (size_t size = 0; size < text.size(); ++size) {
    const auto value = parse_yaml(std::string_view(text).substr(0, size));
    EXPECT_TRUE(value.ok() || value.status().code() == Error::kMalformed) << size;
  }
}

}  // namespace
}  // namespace tmc
