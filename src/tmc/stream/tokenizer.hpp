// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Text to tokens and back by byte-pair encoding, from tables in flash (tokenizer_tables.hpp). Of all neighbours that
// can be merged those of the lowest rank are, the leftmost of these, until none can be. That is llama2.c's and
// SentencePiece's order, by scores, and that of GPT-2, by the list of merges.
//
// Memory is the caller's. A word of n symbols takes n * n steps at most and 3 * n searches of the merges; a word is
// what the tables' flags say, the whole text where they say nothing. Nothing is normalised. Text need not be UTF-8:
// bytes that make no character become tokens of bytes.
//
// Freestanding, trivially copyable.

#include "tmc/stream/merged_text.hpp"

namespace tmc::stream {

class Tokenizer {
 public:
  // kBadTables.
  StreamError open(const uint8_t* tables, uint32_t bytes) { return tables_.open(tables, bytes); }

  const TokenizerTables& tables() const { return tables_; }

  // The bytes of a token in flash: part of a character, several words or nothing. `previous` is the token before it, or
  // kNoToken. A token that there is not has none.
  Piece decode(int32_t previous, int32_t token) const {
    if (token < 0 || token >= tables_.tokens()) return {};
    Piece piece = tables_.piece(token);
    const bool begins = previous == tables_.begin_token() && previous != kNoToken;
    if (begins && tables_.has(kStripsSpace) && piece.count > 0 && piece.bytes[0] == ' ') {
      ++piece.bytes;
      --piece.count;
    }
    return piece;
  }

  // Writes the tokens of a text, and their count. kNoRoom, and kBadTables where a byte has no token and where the
  // tables are those of a WordTokenizer.
  StreamError encode(const uint8_t* text, int32_t bytes, const EncodeMemory& memory, int32_t& count) const {
    MergedText merged(tables_, memory);
    const StreamError error =
        tables_.has(kIsByteLevel) ? StreamError::kBadTables : encode_characters(text, bytes, merged);
    count = error == StreamError::kOk ? merged.count() : 0;
    return error;
  }

 private:
  StreamError encode_characters(const uint8_t* text, int32_t bytes, MergedText& merged) const {
    const uint8_t space = ' ';
    bool after_space = false;
    if (bytes > 0 && adds_space(text, bytes)) {
      const StreamError error = push_character(&space, 1, merged);
      if (error != StreamError::kOk) return error;
      after_space = true;
    }
    for (int32_t at = 0; at < bytes;) {
      const int32_t length = length_of(text + at, bytes - at);
      const bool is_space = stands_for_space(text + at, length);
      const bool splits = tables_.has(kSplitsBeforeEachSpace) || (tables_.has(kSplitsBeforeSpaces) && !after_space);
      if (is_space && splits) merged.merge_word();
      const StreamError error =
          is_space ? push_character(&space, 1, merged) : push_character(text + at, length, merged);
      if (error != StreamError::kOk) return error;
      after_space = is_space;
      at += length;
    }
    merged.merge_word();
    return StreamError::kOk;
  }

  // Of a text that is not empty.
  bool adds_space(const uint8_t* text, int32_t bytes) const {
    const bool is_there = stands_for_space(text, length_of(text, bytes));
    return tables_.has(kAddsSpace) || (tables_.has(kAddsSpaceUnlessThere) && !is_there);
  }
  // A byte and those that continue it, four at most.
  static int32_t length_of(const uint8_t* text, int32_t bytes) {
    int32_t length = 1;
    while (length < TokenizerTables::kLongestCharacter && length < bytes && (text[length] & 0xC0) == 0x80) ++length;
    return length;
  }
  bool stands_for_space(const uint8_t* text, int32_t length) const {
    const bool is_underline = length == 3 && text[0] == 0xE2 && text[1] == 0x96 && text[2] == 0x81;
    return (length == 1 && text[0] == ' ') || (is_underline && tables_.has(kUnderlineIsSpace));
  }

  StreamError push_character(const uint8_t* character, int32_t length, MergedText& merged) const {
    const int32_t token = tables_.of_character(character, length);
    if (token != kNoToken) return merged.push(token);
    for (int32_t i = 0; i < length; ++i) {
      const StreamError error = merged.push(tables_.of_byte(character[i]));
      if (error != StreamError::kOk) return error;
    }
    return StreamError::kOk;
  }

  TokenizerTables tables_;
};

}  // namespace tmc::stream
