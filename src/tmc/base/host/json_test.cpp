// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace tmc::json {
namespace {

using ::testing::HasSubstr;

// What is printed of what the text says; its error where it is refused.
std::string again(std::string_view text) {
  const auto value = parse(text);
  return value.ok() ? value->dump() : value.status().text();
}

std::string nested(size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

TEST(Json, KeepsTheOrderOfMembers) {
  const char* const text = R"({"z":1,"a":[true,false,null,"x",{"b":{},"a":[]}],"m":-2.5})";
  EXPECT_EQ(again(text), text);
  EXPECT_EQ(again(" [ 1 ,\n{ \"a\" : 2 } ] "), R"([1,{"a":2}])");
}

TEST(Json, HoldsWhatItIsMadeFrom) {
  const Value value = {{"null", nullptr},
                       {"true", true},
                       {"int", int8_t{-3}},
                       {"size", size_t{7}},
                       {"float", 0.5f},
                       {"text", "x"},
                       {"view", std::string_view("y")},
                       {"vector", std::vector<float>{1, 2}},
                       {"array", Value::array({1, "z", {{"a", 1}}})},
                       {"none", std::optional<int>()},
                       {"some", std::optional<int>(4)},
                       {"object", {{"a", {{"b", Value::object()}}}}}};
  const char* const text = R"({"null":null,"true":true,"int":-3,"size":7,"float":0.5,"text":"x","view":"y",)"
                           R"("vector":[1.0,2.0],"array":[1,"z",{"a":1}],"none":null,"some":4,)"
                           R"("object":{"a":{"b":{}}}})";
  EXPECT_EQ(value.dump(), text);
  const auto read = parse(text);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, value);
  EXPECT_EQ(read->size(), 12U);
  EXPECT_EQ(value["array"].at(1), "z");
  EXPECT_TRUE(value["array"].at(3).is_null());
  EXPECT_TRUE(value["no"]["such"].at(0).is_null());
  EXPECT_EQ(*value["int"].as<int64_t>(), -3);
  EXPECT_FALSE(value["int"].as<double>());
  EXPECT_EQ(member(value, "no"), nullptr);
  EXPECT_EQ(member("text", "no"), nullptr);
}

TEST(Json, MovesWhatStandsInBraces) {
  std::string text(1000, 'x');
  const char* const letters = text.data();
  const Value value = {{"a", {{"b", std::move(text)}}}};
  EXPECT_EQ(value["a"]["b"].as<std::string>()->data(), letters);
}

TEST(Json, SetsAndAddsMembers) {
  Value value = {{"a", 1}, {"b", 2}};
  value["c"] = {{"d", Value::array()}};
  value["a"] = "one";
  value["c"]["d"].push_back(3);
  EXPECT_EQ(value.dump(), R"({"a":"one","b":2,"c":{"d":[3]}})");
}

TEST(Json, IndentsByLevel) {
  const Value value = {{"a", Value::array({1, Value::array(), {{"b", 2}}})}, {"c", Value::object()}};
  EXPECT_EQ(value.dump(2), R"({
  "a": [
    1,
    [],
    {
      "b": 2
    }
  ],
  "c": {}
})");
  EXPECT_EQ(Value::array({1, 2}).dump(0), "[\n1,\n2\n]");
}

TEST(Json, TheLastOfSeveralMembersOfANameCounts) {
  const auto value = parse(R"({"a":1,"b":2,"a":3})");
  ASSERT_TRUE(value.ok());
  EXPECT_EQ((*value)["a"], 3);
}

TEST(Json, ReadsAMillionKeys) {
  std::string text = "{";
  for (int i = 0; i < 1'000'000; ++i) text += "\"k\":0,";
  const auto value = parse(text + "\"k\":1}");
  ASSERT_TRUE(value.ok());
  EXPECT_EQ((*value)["k"], 1);
}

TEST(Json, NumbersKeepTheirKindAndDigits) {
  for (const char* text : {"0", "-1", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
                           "18446744073709551615", "0.1", "-0.0", "1.0", "1e-30", "1e+100", "5e-324",
                           "1.7976931348623157e+308", "0.10000000149011612", "123456789012345.0"}) {
    EXPECT_EQ(again(text), text);
  }
  EXPECT_EQ(again("-0"), "0");
  EXPECT_EQ(again("1E5"), "100000.0");
  EXPECT_EQ(again("18446744073709551616"), "1.8446744073709552e+19");
  EXPECT_EQ(again("-9223372036854775809"), "-9.223372036854776e+18");
  EXPECT_EQ(Value(uint64_t{1}), Value(1));
  EXPECT_TRUE(Value(std::numeric_limits<uint64_t>::max()).as<uint64_t>());
  EXPECT_FALSE(Value(uint64_t{1}).as<uint64_t>());
}

TEST(Json, PrintsNullForWhatIsNoNumber) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Value::array({nan, kInfinity, -kInfinity}).dump(), "[null,null,null]");
}

TEST(Json, EscapesWhatNeedsIt) {
  EXPECT_EQ(Value("a\"b\\c/\b\f\n\r\t\x01\x1f\x7f").dump(), "\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
  EXPECT_EQ(Value(std::string("\0", 1)).dump(), R"("\u0000")");
  EXPECT_EQ(Value("é\u202e\U0001f600").dump(), "\"é\u202e\U0001f600\"");
  EXPECT_EQ(Value({{"k\n", 1}}).dump(), R"({"k\n":1})");
  EXPECT_EQ(again(R"("\u00e9\ud83d\ude00\/")"), "\"é😀/\"");
}

TEST(Json, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(Value("bad\xff!").dump(), "\"bad\xef\xbf\xbd!\"");
  EXPECT_EQ(Value("\xc3").dump(), "\"\xef\xbf\xbd\"");
  EXPECT_EQ(Value("\xc3(").dump(), "\"\xef\xbf\xbd(\"");
  EXPECT_EQ(Value("\xed\xa0\x80").dump(), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
  EXPECT_EQ(Value({{"\xff", 1}}).dump(), "{\"\xef\xbf\xbd\":1}");
}

TEST(Json, RefusesWhatIsNoJson) {
  for (const char* text : {"",       " ",       "nul",      "1 2",         "[1,]",        "{\"a\":1,}", "{]",
                           "{a:1}",  "[1",      "'a'",      "// c\n1",     "[1 /* c */]", "01",         "+1",
                           ".5",     "1.",      "nan",      "Infinity",    "1e999",       "-1e999",     "\"a",
                           "\"\n\"", "\"\\x\"", "\"\xff\"", "\"\\ud800\"", "1}",          "{1:2}",      "\"a\":1"}) {
    const auto value = parse(text);
    ASSERT_FALSE(value.ok()) << text;
    EXPECT_EQ(value.status().code(), Error::kMalformed) << text;
  }
}

TEST(Json, RefusesDeepNesting) {
  EXPECT_EQ(again(nested(kMostDepth)), nested(kMostDepth));
  EXPECT_THAT(again(nested(kMostDepth + 1)), HasSubstr("more than 64 levels"));
  std::string objects;
  for (size_t i = 0; i < 1'000'000; ++i) objects += "{\"a\":";
  EXPECT_THAT(again(objects), HasSubstr("more than 64 levels"));
}

}  // namespace
}  // namespace tmc::json
