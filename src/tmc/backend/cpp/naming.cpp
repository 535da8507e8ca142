// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/naming.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tmc::backend::cpp {
namespace {

constexpr std::size_t kIdentifierLimit = 40;
constexpr std::size_t kCommentLimit = 80;

// ASCII only, whatever the locale.
constexpr bool is_lower(char letter) {
  return letter >= 'a' && letter <= 'z';
}
constexpr bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}
constexpr bool is_word(char letter) {
  return is_lower(letter) || (letter >= 'A' && letter <= 'Z') || is_digit(letter);
}

// Punctuation that means nothing in a comment and nothing in a literal.
constexpr bool is_harmless(char letter) {
  return is_word(letter) || std::string_view(" _.,:;/-+=#@()[]{}<>|~^!&%").find(letter) != std::string_view::npos;
}

// Lower-case words that cannot name a namespace and a C function's prefix: keywords, what the language reserves, and
// names that compilers predefine as macros.
constexpr std::string_view kReserved =
    " alignas alignof and and_eq arm asm atomic auto bitand bitor bool break case catch char char16_t char32_t "
    "char8_t class co_await co_return co_yield compl concept const const_cast consteval constexpr constinit "
    "continue decltype default delete do double dynamic_cast else enum explicit export extern false float for "
    "friend goto if inline int linux long main mutable namespace new noexcept not not_eq nullptr operator or or_eq "
    "posix private protected public register reinterpret_cast requires restrict return short signed sizeof static "
    "static_assert static_cast std struct switch template this thread_local throw tmc true try typedef typeid "
    "typename union unix unsigned using virtual void volatile wchar_t while xor xor_eq ";

}  // namespace

std::string identifier_part(std::string_view name) {
  std::string part;
  for (const char letter : name) {
    if (part.size() == kIdentifierLimit) break;
    if (is_word(letter)) {
      part += letter;
    } else if (!part.empty() && part.back() != '_') {
      part += '_';
    }
  }
  if (!part.empty() && part.back() == '_') part.pop_back();
  return part;
}

std::string comment_text(std::string_view name) {
  std::string text(name.substr(0, kCommentLimit));
  std::ranges::replace_if(
      text, [](char letter) { return !is_harmless(letter); }, '_');
  return text;
}

std::string string_literal(std::string_view name) {
  std::string text = "\"";
  for (const char letter : name) {
    text += is_harmless(letter) ? std::string(1, letter) : fmt::format("\\{:03o}", static_cast<unsigned char>(letter));
  }
  return text + '"';
}

bool is_model_name(std::string_view name) {
  const auto allowed = [](char letter) { return is_lower(letter) || is_digit(letter) || letter == '_'; };
  return !name.empty() && is_lower(name.front()) && std::ranges::all_of(name, allowed) &&
         name.find("__") == name.npos && kReserved.find(fmt::format(" {} ", name)) == kReserved.npos;
}

std::string upper_case(std::string_view name) {
  std::string upper(name);
  for (char& letter : upper) {
    if (is_lower(letter)) letter = static_cast<char>(letter - 'a' + 'A');
  }
  return upper;
}

}  // namespace tmc::backend::cpp
