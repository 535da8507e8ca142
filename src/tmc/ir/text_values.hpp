// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers, lists of them and data of constants in the text form of a graph (ir/text.hpp). Each reader leaves the lexer
// behind what it has read; kMalformed with the line where there is something else.

#include <string_view>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/base/host/number.hpp"
#include "tmc/ir/tensor_data.hpp"
#include "tmc/ir/text_lexer.hpp"

namespace tmc::ir {

inline bool is_numeric(const Token& token) {
  return token.kind == Token::Kind::kNumber ||
         (token.kind == Token::Kind::kWord && (token.text == "inf" || token.text == "nan"));
}

template <typename T>
Result<T> read_number(Lexer& lexer) {
  T value = 0;
  if (!is_numeric(lexer.token()) || !parse_number(lexer.token().text, value)) {
    return lexer.unexpected(std::is_integral_v<T> ? "an integer in range" : "a number");
  }
  TMC_TRY(lexer.advance());
  return value;
}

// "[a,b,...]", after which the lexer is behind the bracket.
template <typename T>
Result<std::vector<T>> read_list(Lexer& lexer) {
  std::vector<T> values;
  TMC_TRY(lexer.expect("["));
  while (!lexer.at("]")) {
    if (!values.empty()) TMC_TRY(lexer.expect(","));
    TMC_ASSIGN(const T value, read_number<T>(lexer));
    values.push_back(value);
  }
  TMC_TRY(lexer.expect("]"));
  return values;
}

template <typename T>
Result<std::vector<T>> read_one_or_list(Lexer& lexer) {
  if (lexer.at("[")) return read_list<T>(lexer);
  TMC_ASSIGN(const T value, read_number<T>(lexer));
  return std::vector<T>{value};
}

// The data of a constant: a list, or hexadecimal bytes.
Result<TensorData> read_data(Lexer& lexer, DType dtype);

}  // namespace tmc::ir
