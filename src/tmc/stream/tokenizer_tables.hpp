// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A tokenizer in flash: one run of bytes of any alignment, little-endian, which host/tokenizer_model.hpp writes and a
// Tokenizer reads where they are. Tokens are numbers below 65,535, pieces have at most 255 bytes.
//
//   32 bytes    header, see `open`
//   bases       u32 for every 16 tokens: where their pieces begin
//   lengths     u8 for every token; a control token has no bytes, the token of a byte has that one
//   pieces      bytes
//   bytes       u16 [256], the token of each byte; kNoToken where there is none
//   characters  u16, the tokens whose piece is one character, sorted by their pieces
//   merges      {u16 right, u16 left, u16 merged, u16 rank}, sorted by left and then right
//
// Freestanding; reads flash alone.

#include "tmc/stream/bytes.hpp"
#include "tmc/stream/stream_error.hpp"

namespace tmc::stream {

// How text becomes symbols.
enum TokenizerFlag : uint32_t {
  kAddsSpace = 1,               // a space before a text that is not empty
  kAddsSpaceUnlessThere = 2,    // the same where the text does not begin with one
  kStripsSpace = 4,             // decoding: none at the beginning of what follows the token that begins a text
  kSplitsBeforeSpaces = 8,      // no piece has a space behind something else: words are merged one by one
  kSplitsBeforeEachSpace = 16,  // a word for every space, by the tokenizer's own rule
  kUnderlineIsSpace = 32,       // U+2581 is read as a space
  kIsByteLevel = 64,    // symbols are bytes, words are found by the expression of GPT-2; else they are characters
  kSplitsDigits = 128,  // every digit is a word; of kIsByteLevel
};

inline constexpr int32_t kNoToken = 0xFFFF;
inline constexpr int32_t kNoRank = 0xFFFF;

struct Merge {
  int32_t token = kNoToken;
  int32_t rank = kNoRank;  // the lowest is merged first
};

// Bytes of flash.
struct Piece {
  const uint8_t* bytes = nullptr;
  int32_t count = 0;
};

class TokenizerTables {
 public:
  static constexpr uint32_t kMagic = 0x6B746D74;  // "tmtk"
  static constexpr uint32_t kVersion = 1;
  static constexpr uint32_t kHeaderBytes = 32;
  static constexpr uint32_t kBaseTokens = 16;  // that share an entry of `bases`
  static constexpr uint32_t kMergeBytes = 8;
  static constexpr int32_t kLongestCharacter = 4;

  constexpr TokenizerTables() = default;

  // kBadTables where the bytes are not what their header says. What is within is the host's word.
  StreamError open(const uint8_t* bytes, uint32_t count) {
    if (count < kHeaderBytes || get_u32(bytes) != kMagic || get_u16(bytes + 4) != kVersion) {
      return StreamError::kBadTables;
    }
    flags_ = get_u16(bytes + 6);
    tokens_ = static_cast<int32_t>(get_u16(bytes + 12));
    begin_ = static_cast<int32_t>(get_u16(bytes + 14));
    end_ = static_cast<int32_t>(get_u16(bytes + 16));
    characters_count_ = static_cast<int32_t>(get_u16(bytes + 18));
    const uint32_t piece_bytes = get_u32(bytes + 20);
    merges_count_ = get_u32(bytes + 24);
    const auto token_count = static_cast<uint32_t>(tokens_);
    bases_ = bytes + kHeaderBytes;
    lengths_ = bases_ + 4 * ((token_count + kBaseTokens - 1) / kBaseTokens);
    pieces_ = lengths_ + token_count;
    const auto before_pieces = static_cast<uint64_t>(pieces_ - bytes);
    const uint64_t whole = before_pieces + piece_bytes + 512 + 2 * static_cast<uint64_t>(get_u16(bytes + 18)) +
                           kMergeBytes * static_cast<uint64_t>(merges_count_);
    if (get_u32(bytes + 8) != count || whole != count) return StreamError::kBadTables;
    of_bytes_ = pieces_ + piece_bytes;
    characters_ = of_bytes_ + 512;
    merges_ = characters_ + 2 * characters_count_;
    return StreamError::kOk;
  }

  bool has(TokenizerFlag flag) const { return (flags_ & flag) != 0; }
  int32_t tokens() const { return tokens_; }
  // The tokens that begin and end a text, kNoToken where there is none.
  int32_t begin_token() const { return begin_; }
  int32_t end_token() const { return end_; }

  // Of a token in [0, tokens()).
  Piece piece(int32_t token) const {
    const auto number = static_cast<uint32_t>(token);
    uint32_t at = get_u32(bases_ + 4 * (number / kBaseTokens));
    for (uint32_t i = number / kBaseTokens * kBaseTokens; i < number; ++i) at += lengths_[i];
    return {pieces_ + at, lengths_[number]};
  }

  // visit(token, piece) for all, by number.
  template <typename Visit>
  void visit_pieces(Visit visit) const {
    Piece piece{pieces_, 0};
    for (int32_t token = 0; token < tokens_; ++token) {
      piece.count = lengths_[token];
      visit(token, piece);
      piece.bytes += piece.count;
    }
  }

  int32_t of_byte(uint8_t byte) const { return static_cast<int32_t>(get_u16(of_bytes_ + 2 * byte)); }

  // The token of a character of at most kLongestCharacter bytes, or kNoToken.
  int32_t of_character(const uint8_t* bytes, int32_t count) const {
    int32_t low = 0;
    int32_t high = characters_count_;
    while (low < high) {
      const int32_t middle = low + (high - low) / 2;
      const auto token = static_cast<int32_t>(get_u16(characters_ + 2 * middle));
      const int32_t order = compare(piece(token), bytes, count);
      if (order == 0) return token;
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return kNoToken;
  }

  // What two neighbours become.
  Merge merge_of(int32_t left, int32_t right) const {
    const uint32_t key = static_cast<uint32_t>(left) << 16 | static_cast<uint32_t>(right);
    uint32_t low = 0;
    uint32_t high = merges_count_;
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      const uint8_t* entry = merges_ + kMergeBytes * middle;
      const uint32_t there = get_u32(entry);
      if (there == key) return {static_cast<int32_t>(get_u16(entry + 4)), static_cast<int32_t>(get_u16(entry + 6))};
      if (there < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return {};
  }

 private:
  static int32_t compare(Piece piece, const uint8_t* bytes, int32_t count) {
    for (int32_t i = 0; i < piece.count && i < count; ++i) {
      if (piece.bytes[i] != bytes[i]) return static_cast<int32_t>(piece.bytes[i]) - bytes[i];
    }
    return piece.count - count;
  }

  const uint8_t* bases_ = nullptr;
  const uint8_t* lengths_ = nullptr;
  const uint8_t* pieces_ = nullptr;
  const uint8_t* of_bytes_ = nullptr;
  const uint8_t* characters_ = nullptr;
  const uint8_t* merges_ = nullptr;
  uint32_t merges_count_ = 0;
  uint32_t flags_ = 0;
  int32_t characters_count_ = 0;
  int32_t tokens_ = 0;
  int32_t begin_ = kNoToken;
  int32_t end_ = kNoToken;
};

}  // namespace tmc::stream
