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

#include "tmc/stream/tokenizer_tables.hpp"

namespace tmc::stream {

struct EncodeMemory {
  int32_t* tokens = nullptr;  // the result
  int32_t capacity = 0;       // of `tokens`: what is there before the last word is merged must fit too
  uint16_t* ranks = nullptr;  // scratch
  int32_t longest_word = 0;   // of `ranks`, in symbols
};

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

  // Writes the tokens of a text, and their count. kNoRoom, and kBadTables where a byte has no token.
  StreamError encode(const uint8_t* text, int32_t bytes, const EncodeMemory& memory, int32_t& count) const {
    Encoding encoding{tables_, memory, text, bytes};
    const StreamError error = encoding.run();
    count = error == StreamError::kOk ? encoding.count : 0;
    return error;
  }

 private:
  // A text on its way: tokens of words that are done, then symbols of the last word.
  struct Encoding {
    const TokenizerTables& tables;
    const EncodeMemory& memory;
    const uint8_t* text;
    int32_t bytes;
    int32_t count = 0;
    int32_t word = 0;  // where the symbols of the last word begin

    StreamError run() {
      const bool has_space = bytes > 0 && text[0] == ' ';
      if (bytes > 0 && (tables.has(kAddsSpace) || (tables.has(kAddsSpaceUnlessThere) && !has_space))) {
        const uint8_t space = ' ';
        const StreamError error = push_character(&space, 1);
        if (error != StreamError::kOk) return error;
      }
      bool after_space = count > 0;
      for (int32_t at = 0; at < bytes;) {
        const int32_t length = character_at(at);
        const bool is_space =
            (length == 1 && text[at] == ' ') || (tables.has(kUnderlineIsSpace) && is_underline(at, length));
        const bool splits = tables.has(kSplitsBeforeEachSpace) || (tables.has(kSplitsBeforeSpaces) && !after_space);
        if (is_space && splits) merge_word();
        const uint8_t space = ' ';
        const StreamError error = is_space ? push_character(&space, 1) : push_character(text + at, length);
        if (error != StreamError::kOk) return error;
        after_space = is_space;
        at += length;
      }
      merge_word();
      return StreamError::kOk;
    }

    // A byte and those that continue it, four at most.
    int32_t character_at(int32_t at) const {
      int32_t length = 1;
      while (length < TokenizerTables::kLongestCharacter && at + length < bytes && (text[at + length] & 0xC0) == 0x80) {
        ++length;
      }
      return length;
    }
    bool is_underline(int32_t at, int32_t length) const {
      return length == 3 && text[at] == 0xE2 && text[at + 1] == 0x96 && text[at + 2] == 0x81;
    }

    StreamError push(int32_t token) {
      if (token == kNoToken) return StreamError::kBadTables;
      if (count >= memory.capacity || count - word >= memory.longest_word) return StreamError::kNoRoom;
      memory.tokens[count++] = token;
      return StreamError::kOk;
    }
    StreamError push_character(const uint8_t* character, int32_t length) {
      const int32_t token = tables.of_character(character, length);
      if (token != kNoToken) return push(token);
      for (int32_t i = 0; i < length; ++i) {
        const StreamError error = push(tables.of_byte(character[i]));
        if (error != StreamError::kOk) return error;
      }
      return StreamError::kOk;
    }

    void set_rank(int32_t symbol) {
      const int32_t* pair = memory.tokens + word + symbol;
      memory.ranks[symbol] = static_cast<uint16_t>(tables.merge_of(pair[0], pair[1]).rank);
    }
    // Merges the symbols from `word` on, and makes what follows a new word.
    void merge_word() {
      int32_t* symbols = memory.tokens + word;
      uint16_t* ranks = memory.ranks;  // of each symbol and the next
      int32_t size = count - word;
      for (int32_t i = 0; i + 1 < size; ++i) set_rank(i);
      while (size > 1) {
        int32_t best = 0;
        for (int32_t i = 1; i + 1 < size; ++i) {
          if (ranks[i] < ranks[best]) best = i;
        }
        if (ranks[best] == kNoRank) break;
        symbols[best] = tables.merge_of(symbols[best], symbols[best + 1]).token;
        --size;
        for (int32_t i = best + 1; i < size; ++i) {
          symbols[i] = symbols[i + 1];
          ranks[i - 1] = ranks[i];
        }
        if (best > 0) set_rank(best - 1);
        if (best + 1 < size) set_rank(best);
      }
      word += size;
      count = word;
    }
  };

  TokenizerTables tables_;
};

}  // namespace tmc::stream
