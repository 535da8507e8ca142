// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/token_names.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace tmc::stream {
namespace {

using Kind = TokenizerModel::Kind;

// GPT-2 writes bytes as characters: those that can be seen as themselves, the others from U+0100 on.
const std::map<std::string, uint8_t>& bytes_of_characters() {
  static const std::map<std::string, uint8_t> kBytes = [] {
    std::map<std::string, uint8_t> bytes;
    uint32_t next = 0x100;
    for (uint32_t byte = 0; byte < 256; ++byte) {
      const bool is_seen = (byte > 0x20 && byte < 0x7F) || (byte > 0xA0 && byte != 0xAD);
      const uint32_t character = is_seen ? byte : next++;
      std::string text(1, static_cast<char>(character));
      if (character >= 0x80) {
        text[0] = static_cast<char>(0xC0 | character >> 6);
        text += static_cast<char>(0x80 | (character & 0x3F));
      }
      bytes.emplace(text, static_cast<uint8_t>(byte));
    }
    return bytes;
  }();
  return kBytes;
}

// False where there is a character that no byte is written as.
bool to_bytes(std::string_view piece, std::string& bytes) {
  for (size_t at = 0; at < piece.size();) {
    const size_t length = static_cast<uint8_t>(piece[at]) < 0x80 ? 1 : 2;
    const auto found = bytes_of_characters().find(std::string(piece.substr(at, length)));
    if (found == bytes_of_characters().end()) return false;
    bytes += static_cast<char>(found->second);
    at += length;
  }
  return true;
}

std::string with_spaces(std::string_view piece) {
  std::string text;
  for (size_t at = 0; at < piece.size();) {
    const bool is_space = piece.substr(at).starts_with(kUnderline);
    text += is_space ? ' ' : piece[at];
    at += is_space ? kUnderline.size() : 1;
  }
  return text;
}

bool is_byte_name(std::string_view name) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); };
  return name.size() == 6 && name.starts_with("<0x") && name[5] == '>' && is_digit(name[3]) && is_digit(name[4]);
}

}  // namespace

Status name_kinds(TokenizerModel& model) {
  const bool is_of_bytes = (model.flags & kIsByteLevel) != 0;
  std::array<bool, 256> has_byte{};
  for (size_t i = 0; i < model.tokens.size(); ++i) {
    TokenizerModel::Token& token = model.tokens[i];
    if (token.kind == Kind::kControl) continue;
    std::string piece;
    if (is_of_bytes) {
      if (!to_bytes(token.piece, piece)) return error(Error::kMalformed, "token {} is not written in bytes", i);
      token.kind = piece.size() == 1 ? Kind::kByte : Kind::kNormal;
    } else if (is_byte_name(token.piece)) {
      piece = static_cast<char>(std::stoi(token.piece.substr(3, 2), nullptr, 16));
      token.kind = Kind::kByte;
    } else {
      piece = with_spaces(token.piece);
    }
    if (token.kind == Kind::kByte) has_byte[static_cast<uint8_t>(piece[0])] = true;
    token.piece = std::move(piece);
  }
  const auto missing = std::find(has_byte.begin(), has_byte.end(), false);
  if (missing == has_byte.end()) return {};
  return error(Error::kUnsupportedType, "'vocab': byte 0x{:02X} has no token; all have to", missing - has_byte.begin());
}

Status add_merges(const std::vector<std::pair<std::string, std::string>>& names, const TokenNumbers& numbers,
                  TokenizerModel& model) {
  if (names.size() >= static_cast<size_t>(kNoRank)) {
    return error(Error::kUnsupportedShape, "there are {} merges, tables hold {}", names.size(), kNoRank - 1);
  }
  std::map<std::pair<uint16_t, uint16_t>, TokenizerModel::Pair> pairs;  // of two merges the last counts
  for (size_t rank = 0; rank < names.size(); ++rank) {
    const auto& [left, right] = names[rank];
    const auto first = numbers.find(left);
    const auto second = numbers.find(right);
    const auto merged = numbers.find(left + right);
    if (first == numbers.end() || second == numbers.end() || merged == numbers.end()) {
      return error(Error::kMalformed, "merge {} is not of two tokens to one", rank);
    }
    pairs[{first->second, second->second}] = {first->second, second->second, merged->second,
                                              static_cast<uint16_t>(rank)};
  }
  for (const auto& [key, pair] : pairs) model.merges.push_back(pair);
  return {};
}

bool split_pair(const std::string& text, std::pair<std::string, std::string>& names) {
  const size_t space = text.find(' ');
  if (space == std::string::npos) return false;
  names = {text.substr(0, space), text.substr(space + 1)};
  return true;
}

}  // namespace tmc::stream
