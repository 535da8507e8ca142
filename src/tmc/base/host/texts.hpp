// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Texts as tensors hold them: UTF-8 in a fixed number of bytes each, zeros behind the last.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tmc {

// Appends a code point; false, and no change, for what is none (a surrogate, or beyond U+10FFFF).
bool append_utf8(uint32_t code, std::string& text);
// The texts one after the other, each as `width` bytes, of which none has more.
std::vector<std::byte> padded_texts(std::span<const std::string> texts, size_t width);
// A text of that many bytes, without the zeros behind it.
std::string_view text_at(const std::byte* from, size_t width);

}  // namespace tmc
