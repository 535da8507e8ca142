// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Expressions over whole numbers that have names: extents of inputs and attributes of a custom operator. They are those
// of Python: + - * // % with its precedence, where // and % round towards minus infinity, parentheses, min(a, b, ...)
// and max(a, b, ...). An element of a list is NAME[2].
//
// They come from a file that may be anything: a text is short, is not nested deeply, and every operation is checked, so
// that evaluating gives a number or says why there is none. Values; thread-compatible.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::custom {

using Numbers = std::map<std::string, int64_t, std::less<>>;

class Expression {
 public:
  static constexpr size_t kMostLetters = 500;
  static constexpr int kMostDepth = 32;

  // kMalformed, with the column, where the text is none.
  static Result<Expression> parse(std::string_view text);
  // The name alone, whatever it is.
  static Expression of_name(std::string name);

  // kUnsupportedShape where a name has no number, for a division by zero, and where a number passes 64 bits.
  Result<int64_t> evaluate(const Numbers& numbers) const;

  // In the order in which they stand there, repetitions included.
  std::vector<std::string> names() const;
  // The name, where it is one and nothing else; null otherwise.
  const std::string* name() const;
  const std::string& text() const { return text_; }

 private:
  friend class ExpressionParser;
  enum class Kind : uint8_t { kNumber, kName, kNegate, kAdd, kSubtract, kMultiply, kDivide, kModulo, kMin, kMax };
  // In the order of a calculator: operands come before what is done to them.
  struct Step {
    Kind kind;
    int64_t number = 0;
    std::string name = {};
  };
  static bool apply(Kind kind, int64_t a, int64_t b, int64_t& result);

  std::string text_;
  std::vector<Step> steps_;
};

}  // namespace tmc::custom
