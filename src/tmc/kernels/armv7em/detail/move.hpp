// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Moves and fills of bytes by words, which may lie at any address; sixteen bytes a turn, in two instructions where both
// sides are aligned to words.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

inline bool aligned_to_words(const void* a, const void* b) {
  return ((reinterpret_cast<uintptr_t>(a) | reinterpret_cast<uintptr_t>(b)) & 3) == 0;
}

#if TMC_ARMV7EM_ASSEMBLY

// `blocks` of sixteen bytes, one or more, at word addresses; both addresses are left where the last block ends.
inline void move_blocks_up(int8_t*& to, const int8_t*& from, int32_t blocks) {
  asm volatile("1:\n\tldmia %1!, {r4, r5, r6, r8}\n\tstmia %0!, {r4, r5, r6, r8}\n\tsubs %2, %2, #1\n\tbne 1b"
               : "+r"(to), "+r"(from), "+r"(blocks)
               :
               : "r4", "r5", "r6", "r8", "cc", "memory");
}
inline void move_blocks_down(int8_t*& to, const int8_t*& from, int32_t blocks) {
  asm volatile("1:\n\tldmdb %1!, {r4, r5, r6, r8}\n\tstmdb %0!, {r4, r5, r6, r8}\n\tsubs %2, %2, #1\n\tbne 1b"
               : "+r"(to), "+r"(from), "+r"(blocks)
               :
               : "r4", "r5", "r6", "r8", "cc", "memory");
}

#else

inline void move_blocks_up(int8_t*& to, const int8_t*& from, int32_t blocks) {
  for (; blocks > 0; --blocks, to += 16, from += 16) {
    const int32_t words[] = {load_word(from), load_word(from + 4), load_word(from + 8), load_word(from + 12)};
    __builtin_memcpy(to, words, sizeof words);
  }
}
inline void move_blocks_down(int8_t*& to, const int8_t*& from, int32_t blocks) {
  for (; blocks > 0; --blocks) {
    to -= 16;
    from -= 16;
    const int32_t words[] = {load_word(from), load_word(from + 4), load_word(from + 8), load_word(from + 12)};
    __builtin_memcpy(to, words, sizeof words);
  }
}

#endif

// From low to high addresses: right where the output begins no later than the input, or they are apart.
inline void move_up(int8_t* to, const int8_t* from, int32_t bytes) {
  if (bytes >= 16 && aligned_to_words(to, from)) {
    move_blocks_up(to, from, bytes / 16);
    bytes %= 16;
  }
  for (; bytes >= 4; bytes -= 4, to += 4, from += 4) store_word(load_word(from), to);
  for (; bytes > 0; --bytes) *to++ = *from++;
}

// The bytes before two ends, from high to low addresses: right where the output ends no earlier than the input.
inline void move_down(int8_t* to, const int8_t* from, int32_t bytes) {
  if (bytes >= 16 && aligned_to_words(to, from)) {
    move_blocks_down(to, from, bytes / 16);
    bytes %= 16;
  }
  for (; bytes >= 4; bytes -= 4) {
    to -= 4;
    from -= 4;
    store_word(load_word(from), to);
  }
  for (; bytes > 0; --bytes) *--to = *--from;
}

// Repeats a word.
inline void fill_bytes(int8_t* to, int32_t word, int32_t bytes) {
  for (; bytes >= 16; bytes -= 16, to += 16) {
    store_word(word, to);
    store_word(word, to + 4);
    store_word(word, to + 8);
    store_word(word, to + 12);
  }
  for (; bytes >= 4; bytes -= 4, to += 4) store_word(word, to);
  for (; bytes > 0; --bytes, word >>= 8) *to++ = static_cast<int8_t>(word);
}

}  // namespace tmc::kernels::armv7em
