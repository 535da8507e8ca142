// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tokens under the names that files of byte-pair encodings give them: bytes written as characters, as GPT-2 does
// (kIsByteLevel), or text with U+2581 for a space and `<0x0A>` for a byte, as SentencePiece does.

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tmc/stream/host/tokenizer_model.hpp"

namespace tmc::stream {

// What names have for a space.
inline constexpr std::string_view kUnderline = "\xE2\x96\x81";

// The numbers of tokens by their names.
using TokenNumbers = std::unordered_map<std::string, uint16_t>;

// Names of tokens that are not control tokens to the bytes that they stand for, and which of them are the bytes.
// kMalformed for a name that is not written so, kUnsupportedType where a byte has no token.
Status name_kinds(TokenizerModel& model);

// Merges of two named tokens to the one whose name is both, the first first. kMalformed where there is no such token,
// kUnsupportedShape where there are more than tables hold.
Status add_merges(const std::vector<std::pair<std::string, std::string>>& names, const TokenNumbers& numbers,
                  TokenizerModel& model);

// "left right" to both; false where there is no space.
bool split_pair(const std::string& text, std::pair<std::string, std::string>& names);

}  // namespace tmc::stream
