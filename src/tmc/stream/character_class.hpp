// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What kind of character it is, where an expression asks for letters (\p{L}), numbers (\p{N}) and spaces (\s) of
// Unicode: for the scripts Latin, Greek and Cyrillic with their marks and phonetic letters (to U+052F, and U+1E00 to
// U+1FFF), punctuation, arrows, mathematical and technical signs, boxes and dingbats (to U+2775), kana, the common
// Chinese characters, Hangul syllables, forms of full width, and pictures (U+1F300 to U+1FAFF). Freestanding.

#include <stdint.h>

namespace tmc::stream {

enum class CharacterClass : uint8_t { kOther, kLetter, kNumber, kSpace, kUnknown };

// Where another class begins: the first character times 8, and its class. Of Unicode 14.
inline constexpr uint32_t kCharacterClasses[] = {
    0x0,     0x4B,    0x70,    0x103,   0x108,   0x182,   0x1D0,   0x209,   0x2D8,   0x309,   0x3D8,   0x42B,   0x430,
    0x503,   0x508,   0x551,   0x558,   0x592,   0x5A0,   0x5A9,   0x5B0,   0x5CA,   0x5D1,   0x5D8,   0x5E2,   0x5F8,
    0x601,   0x6B8,   0x6C1,   0x7B8,   0x7C1,   0x1610,  0x1631,  0x1690,  0x1701,  0x1728,  0x1761,  0x1768,  0x1771,
    0x1778,  0x1B81,  0x1BA8,  0x1BB1,  0x1BC0,  0x1BD1,  0x1BF0,  0x1BF9,  0x1C00,  0x1C31,  0x1C38,  0x1C41,  0x1C58,
    0x1C61,  0x1C68,  0x1C71,  0x1D10,  0x1D19,  0x1FB0,  0x1FB9,  0x2410,  0x2451,  0x2984,  0xF001,  0xF8B0,  0xF8C1,
    0xF8F0,  0xF901,  0xFA30,  0xFA41,  0xFA70,  0xFA81,  0xFAC0,  0xFAC9,  0xFAD0,  0xFAD9,  0xFAE0,  0xFAE9,  0xFAF0,
    0xFAF9,  0xFBF0,  0xFC01,  0xFDA8,  0xFDB1,  0xFDE8,  0xFDF1,  0xFDF8,  0xFE11,  0xFE28,  0xFE31,  0xFE68,  0xFE81,
    0xFEA0,  0xFEB1,  0xFEE0,  0xFF01,  0xFF68,  0xFF91,  0xFFA8,  0xFFB1,  0xFFE8,  0x10003, 0x10058, 0x10143, 0x10150,
    0x1017B, 0x10180, 0x102FB, 0x10300, 0x10382, 0x10389, 0x10390, 0x103A2, 0x103D0, 0x103F9, 0x10402, 0x10450, 0x10481,
    0x104E8, 0x10804, 0x10C80, 0x12304, 0x12800, 0x13BB4, 0x18003, 0x18008, 0x18029, 0x1803A, 0x18040, 0x1810C, 0x18209,
    0x184B8, 0x184E9, 0x18500, 0x18509, 0x187D8, 0x187E1, 0x18804, 0x27001, 0x4FFEC, 0x56001, 0x6BD24, 0x7F000, 0x7F084,
    0x7F808, 0x7F882, 0x7F8D0, 0x7F909, 0x7F9D8, 0x7FA09, 0x7FAD8, 0x7FB31, 0x7FDFC, 0xF9800, 0xFD804};

constexpr CharacterClass class_of_character(uint32_t character) {
  int low = 0;
  int high = static_cast<int>(sizeof kCharacterClasses / sizeof *kCharacterClasses);
  while (high - low > 1) {  // the last that does not begin behind it
    const int middle = low + (high - low) / 2;
    if (kCharacterClasses[middle] >> 3 <= character) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return static_cast<CharacterClass>(kCharacterClasses[low] & 7);
}

// A character of UTF-8, or a byte that begins none, which is kOther.
struct ClassifiedCharacter {
  CharacterClass kind = CharacterClass::kOther;
  int32_t bytes = 1;
};

inline ClassifiedCharacter classify(const uint8_t* text, int32_t bytes) {
  const uint8_t lead = text[0];
  const int32_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
  if (length == 0 || length > bytes) return {};
  uint32_t character = length == 1 ? lead : lead & (0x7FU >> length);
  for (int32_t i = 1; i < length; ++i) {
    if ((text[i] & 0xC0) != 0x80) return {};
    character = character << 6 | (text[i] & 0x3FU);
  }
  return {class_of_character(character), length};
}

}  // namespace tmc::stream
