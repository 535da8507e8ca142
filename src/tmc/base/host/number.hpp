// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers in text.

#include <charconv>
#include <string_view>

namespace tmc {

// The whole text as a number, without spaces around it or a plus before it; false where it is none, or out of range,
// and `value` is then anything. Reals may be "inf" and "nan". Free of locales.
template <typename T>
bool parse_number(std::string_view text, T& value) {
  const char* end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, value);
  return failure == std::errc() && at == end;
}

}  // namespace tmc
