// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Text to tokens as GPT-2 has it: words by its expression, the bytes of each merged by themselves. The expression is
//
//   's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
//
// Letters, numbers and spaces are those that character_class.hpp knows; text with a character of another script is
// refused. With kSplitsDigits every number is a word, and what is between them is split as if it were a text of its
// own.
//
// Memory and work as Tokenizer has them, which decodes these tokens too. Freestanding.

#include "tmc/stream/character_class.hpp"
#include "tmc/stream/tokenizer.hpp"

namespace tmc::stream {

class WordTokenizer {
 public:
  // kBadTables.
  StreamError open(const uint8_t* tables, uint32_t bytes) { return tokenizer_.open(tables, bytes); }

  const TokenizerTables& tables() const { return tokenizer_.tables(); }
  Piece decode(int32_t previous, int32_t token) const { return tokenizer_.decode(previous, token); }

  // Writes the tokens of a text, and their count. kNoRoom, kUnknownCharacter, and kBadTables where a byte has no token.
  // Tables that are not of bytes are Tokenizer's, which does it then.
  StreamError encode(const uint8_t* text, int32_t bytes, const EncodeMemory& memory, int32_t& count) const {
    if (!tables().has(kIsByteLevel)) return tokenizer_.encode(text, bytes, memory, count);
    count = 0;
    MergedText merged(tables(), memory);
    bool adds_space = tables().has(kAddsSpaceUnlessThere) && bytes > 0 && text[0] != ' ';
    for (int32_t at = 0; at < bytes;) {
      Word word = next_word(text + at, bytes - at, adds_space);
      if (word.has_unknown) return StreamError::kUnknownCharacter;
      StreamError error = StreamError::kOk;
      if (adds_space) error = merged.push(tables().of_byte(' '));
      if (!word.takes_space && adds_space) merged.merge_word();
      for (int32_t i = 0; i < word.bytes && error == StreamError::kOk; ++i) {
        error = merged.push(tables().of_byte(text[at + i]));
      }
      if (error != StreamError::kOk) return error;
      merged.merge_word();
      at += word.bytes;
      adds_space = false;
    }
    count = merged.count();
    return StreamError::kOk;
  }

 private:
  struct Word {
    int32_t bytes = 0;
    bool takes_space = false;  // the one that was added before the text
    bool has_unknown = false;
  };

  // The bytes from `at` on of characters of that class.
  static int32_t run_of(CharacterClass kind, const uint8_t* text, int32_t at, int32_t bytes, Word& word) {
    const int32_t begin = at;
    while (at < bytes) {
      const ClassifiedCharacter one = classify(text + at, bytes - at);
      word.has_unknown = word.has_unknown || one.kind == CharacterClass::kUnknown;
      if (one.kind != kind) break;
      at += one.bytes;
    }
    return at - begin;
  }

  static int32_t contraction(const uint8_t* text, int32_t bytes) {
    if (bytes < 2 || text[0] != '\'') return 0;
    const uint8_t first = text[1];
    if (first == 's' || first == 't' || first == 'm' || first == 'd') return 2;
    if (bytes < 3) return 0;
    const bool is_long =
        (first == 'r' && text[2] == 'e') || (first == 'v' && text[2] == 'e') || (first == 'l' && text[2] == 'l');
    return is_long ? 3 : 0;
  }

  // Of a text that is not empty, or begins with a space that is not in it.
  Word next_word(const uint8_t* text, int32_t bytes, bool has_space) const {
    Word word;
    const bool splits_digits = tables().has(kSplitsDigits);
    const ClassifiedCharacter first = classify(text, bytes);
    if (splits_digits && first.kind == CharacterClass::kNumber) {
      word.bytes = first.bytes;
      return word;
    }
    word.bytes = has_space ? 0 : contraction(text, bytes);
    if (word.bytes > 0) return word;
    word.takes_space = has_space;
    const int32_t at = !has_space && text[0] == ' ' && bytes > 1 ? 1 : 0;
    const CharacterClass kind = classify(text + at, bytes - at).kind;
    if (kind != CharacterClass::kSpace && !(splits_digits && kind == CharacterClass::kNumber)) {
      word.bytes = at + run_of(kind, text, at, bytes, word);
      return word;
    }
    // Spaces, but for the last one where something follows.
    word.bytes = run_of(CharacterClass::kSpace, text, 0, bytes, word);
    if (word.bytes == bytes || (splits_digits && is_number(text + word.bytes, bytes - word.bytes))) return word;
    const int32_t last = last_character(text, word.bytes);
    if (word.bytes > last || has_space) word.bytes -= last;
    return word;
  }
  static bool is_number(const uint8_t* text, int32_t bytes) {
    return classify(text, bytes).kind == CharacterClass::kNumber;
  }
  static int32_t last_character(const uint8_t* text, int32_t bytes) {
    int32_t length = 1;
    while (length < bytes && (text[bytes - length] & 0xC0) == 0x80) ++length;
    return length;
  }

  Tokenizer tokenizer_;
};

}  // namespace tmc::stream
