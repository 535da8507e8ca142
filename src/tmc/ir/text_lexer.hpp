// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Splits the text form of a graph (ir/text.hpp) into tokens. Tokens of kind kWord, kNumber and kPunctuation are views
// into the text; a string's content is unescaped.

#include <string>
#include <string_view>

#include "tmc/base/host/status.hpp"

namespace tmc::ir {

// Whether a name can be written without quotes: letters, digits, `_`, `.`, `/` and `-`, no digit, `.` or `-` in front,
// and none of the words that mean something.
bool is_plain_word(std::string_view text);

struct Token {
  enum class Kind { kWord, kNumber, kString, kPunctuation, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;  // one character for punctuation, but "..." for data left out
  int line = 1;
};

class Lexer {
 public:
  // `text` outlives the lexer. The first token is ready.
  explicit Lexer(std::string_view text) : rest_(text) {}

  // Reads the first token; call once before anything else.
  Status start() { return advance(); }
  const Token& token() const { return token_; }
  Status advance();

  bool at(std::string_view punctuation) const {
    return token_.kind == Token::Kind::kPunctuation && token_.text == punctuation;
  }
  bool at_word(std::string_view word) const { return token_.kind == Token::Kind::kWord && token_.text == word; }
  // Advances where the token is this punctuation; an error that says so otherwise.
  Status expect(std::string_view punctuation);
  // "line 3: expected X, found Y".
  Status unexpected(std::string_view wanted) const;

 private:
  Status read_string();
  void take(Token::Kind kind, size_t length);

  std::string_view rest_;
  Token token_;
};

}  // namespace tmc::ir
