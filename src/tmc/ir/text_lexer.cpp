// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/text_lexer.hpp"

#include <algorithm>
#include <charconv>

namespace tmc::ir {
namespace {

constexpr std::string_view kReserved[] = {"graph", "input", "const", "output", "state", "texts",
                                          "true",  "false", "inf",   "nan",    "_"};

// Locale-free: names come from files.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool starts_word(char c) {
  return is_letter(c) || c == '_' || c == '/';
}
bool continues_word(char c) {
  return starts_word(c) || is_digit(c) || c == '.' || c == '-';
}
bool continues_number(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '+';
}

size_t length_while(std::string_view text, bool (*continues)(char)) {
  return static_cast<size_t>(std::ranges::find_if_not(text, continues) - text.begin());
}

}  // namespace

bool is_plain_word(std::string_view text) {
  return !text.empty() && starts_word(text.front()) && std::ranges::all_of(text, continues_word) &&
         std::ranges::find(kReserved, text) == std::ranges::end(kReserved);
}

void Lexer::take(Token::Kind kind, size_t length) {
  token_.kind = kind;
  token_.text = rest_.substr(0, length);
  rest_.remove_prefix(length);
}

Status Lexer::advance() {
  while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n' || rest_.front() == '\t')) {
    token_.line += rest_.front() == '\n' ? 1 : 0;
    rest_.remove_prefix(1);
  }
  if (rest_.empty()) {
    take(Token::Kind::kEnd, 0);
    return {};
  }
  const char first = rest_.front();
  if (first == '"') return read_string();
  if (starts_word(first)) {
    take(Token::Kind::kWord, length_while(rest_, continues_word));
  } else if (is_digit(first) || first == '-') {
    take(Token::Kind::kNumber, length_while(rest_, continues_number));
  } else {
    take(Token::Kind::kPunctuation, rest_.starts_with("...") ? 3 : 1);
  }
  return {};
}

Status Lexer::read_string() {
  std::string content;
  size_t at = 1;
  for (; at < rest_.size() && rest_[at] != '"'; ++at) {
    if (rest_[at] != '\\') {
      content += rest_[at];
      continue;
    }
    ++at;
    if (at < rest_.size() && (rest_[at] == '"' || rest_[at] == '\\')) {
      content += rest_[at];
      continue;
    }
    unsigned char byte = 0;
    const char* digits = rest_.data() + at + 1;
    if (at + 2 >= rest_.size() || rest_[at] != 'x' || std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) {
      return error(Error::kMalformed, "line {}: a string has a bad escape", token_.line);
    }
    content += static_cast<char>(byte);
    at += 2;
  }
  if (at >= rest_.size()) return error(Error::kMalformed, "line {}: a string has no end", token_.line);
  take(Token::Kind::kString, at + 1);
  token_.text = std::move(content);
  return {};
}

Status Lexer::expect(std::string_view punctuation) {
  if (!at(punctuation)) return unexpected(fmt::format("'{}'", punctuation));
  return advance();
}

Status Lexer::unexpected(std::string_view wanted) const {
  if (token_.kind == Token::Kind::kEnd) {
    return error(Error::kMalformed, "line {}: expected {}, found the end", token_.line, wanted);
  }
  return error(Error::kMalformed, "line {}: expected {}, found '{}'", token_.line, wanted, token_.text);
}

}  // namespace tmc::ir
