// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/tokenizer_model.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace tmc::stream {
namespace {

using Kind = TokenizerModel::Kind;
using Pair = TokenizerModel::Pair;

constexpr size_t kLongestPiece = 255;

bool is_one_character(std::string_view piece) {
  const auto continues = [](char byte) { return (byte & 0xC0) == 0x80; };
  return !piece.empty() && piece.size() <= static_cast<size_t>(TokenizerTables::kLongestCharacter) &&
         std::all_of(piece.begin() + 1, piece.end(), continues);
}

bool has_space_behind_something_else(std::string_view piece) {
  for (size_t i = 1; i < piece.size(); ++i) {
    if (piece[i] == ' ' && piece[i - 1] != ' ') return true;
  }
  return false;
}

// Normal tokens by their pieces.
std::unordered_map<std::string_view, uint16_t> tokens_by_piece(const TokenizerModel& model) {
  std::unordered_map<std::string_view, uint16_t> tokens;
  for (size_t i = 0; i < model.tokens.size(); ++i) {
    const TokenizerModel::Token& token = model.tokens[i];
    if (token.kind == Kind::kNormal) tokens.emplace(token.piece, static_cast<uint16_t>(i));
  }
  return tokens;
}

class Writer {
 public:
  void u8(size_t value) { bytes_.push_back(static_cast<uint8_t>(value)); }
  void u16(size_t value) {
    u8(value & 0xFF);
    u8(value >> 8 & 0xFF);
  }
  void u32(size_t value) {
    u16(value & 0xFFFF);
    u16(value >> 16 & 0xFFFF);
  }
  void text(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }
  std::vector<uint8_t> finish() {
    put_u32(bytes_.data() + 8, static_cast<uint32_t>(bytes_.size()));
    return std::move(bytes_);
  }

 private:
  std::vector<uint8_t> bytes_;
};

Status check(const TokenizerModel& model) {
  if (model.tokens.empty() || model.tokens.size() > kMostTokens) {
    return error(Error::kUnsupportedShape, "the tokenizer has {} tokens, tables hold 1 to {}", model.tokens.size(),
                 kMostTokens);
  }
  if (model.merges.size() > kMostMerges) {
    return error(Error::kUnsupportedShape, "the tokenizer has {} merges, tables hold {}", model.merges.size(),
                 kMostMerges);
  }
  for (size_t i = 0; i < model.tokens.size(); ++i) {
    if (model.tokens[i].piece.size() > kLongestPiece) {
      return error(Error::kUnsupportedShape, "token {} has {} bytes, tables hold {}", i, model.tokens[i].piece.size(),
                   kLongestPiece);
    }
  }
  for (const Pair& pair : model.merges) {
    if (std::max({pair.left, pair.right, pair.merged}) >= model.tokens.size()) {
      return error(Error::kInternal, "a merge has a token that there is not");
    }
  }
  return {};
}

std::string_view bytes_of(const TokenizerModel::Token& token) {
  return token.kind == Kind::kControl ? std::string_view() : std::string_view(token.piece);
}

void write_pieces(const TokenizerModel& model, Writer& to) {
  size_t at = 0;
  for (size_t i = 0; i < model.tokens.size(); ++i) {
    if (i % TokenizerTables::kBaseTokens == 0) to.u32(at);
    at += bytes_of(model.tokens[i]).size();
  }
  for (const auto& token : model.tokens) to.u8(bytes_of(token).size());
  for (const auto& token : model.tokens) to.text(bytes_of(token));
}

void write_bytes(const TokenizerModel& model, Writer& to) {
  std::vector<size_t> of_byte(256, static_cast<size_t>(kNoToken));
  for (size_t i = model.tokens.size(); i-- > 0;) {
    const auto& token = model.tokens[i];
    if (token.kind == Kind::kByte && token.piece.size() == 1) of_byte[static_cast<uint8_t>(token.piece[0])] = i;
  }
  for (const size_t token : of_byte) to.u16(token);
}

}  // namespace

void merges_of_scores(const std::vector<float>& scores, float lowest, TokenizerModel& model) {
  std::vector<float> order = scores;
  std::sort(order.begin(), order.end(), std::greater<>());
  order.erase(std::unique(order.begin(), order.end()), order.end());
  const auto tokens = tokens_by_piece(model);
  for (size_t i = 0; i < model.tokens.size(); ++i) {
    const std::string_view piece = model.tokens[i].piece;
    const auto own = tokens.find(piece);
    if (model.tokens[i].kind != Kind::kNormal || own->second != i || !(scores[i] > lowest)) continue;
    const auto rank = std::lower_bound(order.begin(), order.end(), scores[i], std::greater<>()) - order.begin();
    for (size_t cut = 1; cut < piece.size(); ++cut) {
      const auto left = tokens.find(piece.substr(0, cut));
      const auto right = tokens.find(piece.substr(cut));
      if (left == tokens.end() || right == tokens.end()) continue;
      model.merges.push_back({left->second, right->second, static_cast<uint16_t>(i), static_cast<uint16_t>(rank)});
    }
  }
}

Result<std::vector<uint8_t>> tokenizer_tables(const TokenizerModel& model) {
  TMC_TRY(check(model));
  std::vector<uint16_t> characters;
  size_t piece_bytes = 0;
  for (const auto& [piece, token] : tokens_by_piece(model)) {
    if (is_one_character(piece)) characters.push_back(token);
  }
  for (const auto& token : model.tokens) piece_bytes += bytes_of(token).size();
  std::sort(characters.begin(), characters.end(),
            [&](uint16_t a, uint16_t b) { return model.tokens[a].piece < model.tokens[b].piece; });
  std::vector<Pair> merges = model.merges;
  std::sort(merges.begin(), merges.end(),
            [](const Pair& a, const Pair& b) { return std::tie(a.left, a.right) < std::tie(b.left, b.right); });
  const bool splits = std::none_of(merges.begin(), merges.end(), [&](const Pair& pair) {
    return has_space_behind_something_else(model.tokens[pair.merged].piece);
  });

  Writer to;
  to.u32(TokenizerTables::kMagic);
  to.u16(TokenizerTables::kVersion);
  to.u16(splits ? model.flags | kSplitsBeforeSpaces : model.flags);
  to.u32(0);  // bytes of the whole, which finish() knows
  to.u16(model.tokens.size());
  to.u16(model.begin.value_or(kNoToken));
  to.u16(model.end.value_or(kNoToken));
  to.u16(characters.size());
  to.u32(piece_bytes);
  to.u32(merges.size());
  to.u32(0);
  write_pieces(model, to);
  write_bytes(model, to);
  for (const uint16_t token : characters) to.u16(token);
  for (const Pair& pair : merges) {
    for (const uint16_t value : {pair.right, pair.left, pair.merged, pair.rank}) to.u16(value);
  }
  return to.finish();
}

}  // namespace tmc::stream
