// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/expression.hpp"

#include <gtest/gtest.h>

namespace tmc::custom {
namespace {

const Numbers kNumbers = {{"h", 49}, {"w", 10}, {"stride", 2}, {"zero", 0}, {"taps[1]", 5}, {"low", INT64_MIN}};

int64_t value_of(std::string_view text) {
  const auto expression = Expression::parse(text);
  EXPECT_TRUE(expression.ok()) << expression.status().text();
  const auto value = expression->evaluate(kNumbers);
  EXPECT_TRUE(value.ok()) << value.status().text();
  return value.ok() ? *value : -999;
}

TEST(Expression, ComputesAsPythonDoes) {
  EXPECT_EQ(value_of("h // stride"), 24);
  EXPECT_EQ(value_of("1 + h * w"), 491);
  EXPECT_EQ(value_of("(1 + h) * w"), 500);
  EXPECT_EQ(value_of("20 - 5 - 3"), 12);
  EXPECT_EQ(value_of("20 // 5 // 2 * 3"), 6);
  EXPECT_EQ(value_of("-7 // 2"), -4);
  EXPECT_EQ(value_of("-(h + stride - 1) // stride"), -25);
  EXPECT_EQ(value_of("-7 % 3"), 2);
  EXPECT_EQ(value_of("7 % -3"), -2);
  EXPECT_EQ(value_of("--3"), 3);
  EXPECT_EQ(value_of("min(h, w, 3) + max(1, w)"), 13);
  EXPECT_EQ(value_of("taps[ 1 ]"), 5);
}

// Whether it parses or evaluates, it says why not.
std::string refusal_of(std::string_view text) {
  const auto expression = Expression::parse(text);
  if (!expression.ok()) return expression.status().message();
  const auto value = expression->evaluate(kNumbers);
  EXPECT_FALSE(value.ok()) << text << " is " << *value;
  return value.status().message();
}

TEST(Expression, RefusesWhatIsNone) {
  for (const char* text : {"",        " ",
                           "h //",    "h / 2",
                           "* h",     "(h",
                           "h)",      "h w",
                           "2h",      "min",
                           "min()",   "min(h",
                           "taps[",   "taps[]",
                           "taps[1",  "taps[w]",
                           "h; w",    "__import__('os')",
                           "h ** 2",  "99999999999999999999",
                           "min(h,)", "\xff",
                           "h\n"}) {
    EXPECT_NE(refusal_of(text).find("is no expression: column"), std::string::npos) << text << ": " << refusal_of(text);
  }
  EXPECT_EQ(refusal_of("h / 2"), "'h / 2' is no expression: column 3 should be an operator + - * // %");
}

TEST(Expression, RefusesWhatHasNoValue) {
  EXPECT_EQ(refusal_of("h // zero"), "'h // zero' divides 49 by zero");
  EXPECT_EQ(refusal_of("h % (w - 10)"), "'h % (w - 10)' divides 49 by zero");
  EXPECT_EQ(refusal_of("depth + 1"), "'depth + 1': nothing is called 'depth'");
  for (const char* text :
       {"low - 1", "-low", "low // -1", "low % -1", "low * 2", "9223372036854775807 + 1", "h * 9223372036854775807"}) {
    EXPECT_NE(refusal_of(text).find("64 bits do not hold"), std::string::npos) << text;
  }
}

TEST(Expression, BoundsItsLengthAndDepth) {
  EXPECT_NE(refusal_of(std::string(1000, '1')).find("it may have 500"), std::string::npos);
  EXPECT_NE(refusal_of(std::string(200, '(')).find("less deep"), std::string::npos);
  EXPECT_NE(refusal_of(std::string(200, '-') + "h").find("less deep"), std::string::npos);
  EXPECT_EQ(value_of("((((((((((h))))))))))"), 49);
}

TEST(Expression, KnowsItsNames) {
  EXPECT_EQ(Expression::parse("h // stride + h")->names(), (std::vector<std::string>{"h", "stride", "h"}));
  EXPECT_EQ(*Expression::parse(" h ")->name(), "h");
  EXPECT_EQ(Expression::parse("h + 1")->name(), nullptr);
  EXPECT_EQ(Expression::parse("1")->name(), nullptr);
  EXPECT_EQ(*Expression::of_name("min").name(), "min");
}

}  // namespace
}  // namespace tmc::custom
