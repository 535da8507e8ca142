// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/texts.hpp"

#include <algorithm>
#include <cstring>

namespace tmc {

bool append_utf8(uint32_t code, std::string& text) {
  constexpr uint32_t kMost = 0x10ffff, kContinued = 0x3f;
  if (code > kMost || (code >= 0xd800 && code <= 0xdfff)) return false;
  const auto append = [&](uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    append(code);
    return true;
  }
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  constexpr uint32_t kFirst[] = {0, 0xc0, 0xe0, 0xf0};
  append(kFirst[more] | code >> (6 * more));
  for (int left = more - 1; left >= 0; --left) append(0x80 | (code >> (6 * left) & kContinued));
  return true;
}

std::vector<std::byte> padded_texts(std::span<const std::string> texts, size_t width) {
  std::vector<std::byte> bytes(texts.size() * width);
  for (size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i].empty()) std::memcpy(&bytes[i * width], texts[i].data(), std::min(width, texts[i].size()));
  }
  return bytes;
}

std::string_view text_at(const std::byte* from, size_t width) {
  const std::string_view all(reinterpret_cast<const char*>(from), width);
  return all.substr(0, all.find_last_not_of('\0') + 1);
}

}  // namespace tmc
