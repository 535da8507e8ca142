// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums of values of four bits times exponentials (contract/cached_attention_s8_s4.hpp). A word of the cache has four
// values of an even slot in its lower half and those of the odd one above: a shift and a mask make lanes of it, two
// slots side by side, of values that are 8 too large; what that adds is taken off the sums once a run.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/lanes.hpp"

namespace tmc::kernels::armv7em {

// Of a run of slots. The assembly reads the members by position.
template <int kQueries>
struct FourBitSums {
  const uint8_t* rows;          // words of the first pair of slots
  int32_t stride;               // bytes to those of the next pair
  const int32_t* exponentials;  // [pairs][queries] lanes
  int32_t* sums;                // [places][queries], added to
  int32_t* sums_end;            // four places or more further, in fours
  int32_t pairs;                // one or more
  int32_t excess[kQueries];     // 8 times the sum of a query's exponentials
};

// Exponentials of pairs of slots, in place, by the multipliers of the slots, which lie `stride` bytes apart.
template <int kQueries>
[[gnu::noinline]] inline void multiply_exponentials(const uint8_t* multipliers, int32_t stride, int32_t* lanes,
                                                    FourBitSums<kQueries>& of) {
  int32_t sums[kQueries] = {};
  for (int32_t* const end = lanes + kQueries * of.pairs; lanes != end; lanes += kQueries, multipliers += stride) {
    const int32_t both = *multipliers, even = both & 15, odd = both >> 4;
#pragma GCC unroll 2
    for (int32_t i = 0; i < kQueries; ++i) {
      const int32_t word = pack_shifted<4>(smlabb(lanes[i], even, 8) >> 4, smlatb(lanes[i], odd, 8));
      lanes[i] = word;
      sums[i] = smlad(word, both_lanes(8), sums[i]);
    }
  }
#pragma GCC unroll 2
  for (int32_t i = 0; i < kQueries; ++i) of.excess[i] = sums[i];
}

// The sums of a run are shifted before they are added.
template <int kQueries>
[[gnu::noinline]] inline void add_shifted_four_bit_values(const FourBitSums<kQueries>& of, int32_t shift) {
  const int32_t half = (1 << shift) >> 1;
  const uint8_t* words = of.rows;
  for (int32_t* totals = of.sums; totals != of.sums_end; words += 4) {
    int32_t sums[4 * kQueries] = {};
    const uint8_t* row = words;
    const int32_t* at = of.exponentials;
    for (const int32_t* const end = at + kQueries * of.pairs; at != end; at += kQueries, row += of.stride) {
      const auto word = static_cast<uint32_t>(load_word(row));
#pragma GCC unroll 4
      for (int32_t d = 0; d < 4; ++d) {
        const auto lanes = static_cast<int32_t>(word >> (4 * d) & 0x000F000F);
        for (int32_t i = 0; i < kQueries; ++i) sums[kQueries * d + i] = smlad(lanes, at[i], sums[kQueries * d + i]);
      }
    }
    for (int32_t i = 0; i < 4 * kQueries; ++i) *totals++ += (sums[i] - of.excess[i % kQueries] + half) >> shift;
  }
}

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(FourBitSums<2>, rows) == 0 && offsetof(FourBitSums<2>, stride) == 4 &&
              offsetof(FourBitSums<2>, exponentials) == 8 && offsetof(FourBitSums<2>, sums) == 12 &&
              offsetof(FourBitSums<2>, sums_end) == 16 && offsetof(FourBitSums<2>, pairs) == 20 &&
              offsetof(FourBitSums<2>, excess) == 24);

// r0 rows, r1 stride, r2 exponentials, r3 turns left, of four pairs, 36 bytes of code each; r4-r7 sums of two places,
// r8 a word, r9 lanes, r10 r11 exponentials, r12 where the sums lie, lr the mask. The stack holds rows, exponentials,
// turns, where the first one enters, what is too much, and where the sums end.
[[gnu::naked, gnu::noinline]] inline void add_four_bit_pairs(const FourBitSums<2>*) {
  asm volatile(R"(
    push.w {r4-r11, lr}
    ldm.w r0, {r0, r1, r2, r3, r4, r5, r6, r7}
    mov r12, r3
    add r8, r5, #3
    lsr r8, r8, #2
    rsb r5, r5, r8, lsl #2
    mov r9, #36
    mul r5, r5, r9
    add r5, r5, #1
    sub sp, sp, #28
    strd r0, r2, [sp]
    strd r8, r5, [sp, #8]
    strd r6, r7, [sp, #16]
    str r4, [sp, #24]
    mov.w lr, #0x000f000f
  1:
    .irp shift, 0, 8
    ldm.w r12, {r4, r5, r6, r7}
    ldrd r10, r11, [sp, #16]
    sub r4, r4, r10
    sub r5, r5, r11
    sub r6, r6, r10
    sub r7, r7, r11
    ldrd r0, r2, [sp]
    ldrd r3, r9, [sp, #8]
    adr.w r8, 2f
    add r8, r8, r9
    bx r8
    .balign 4
  2:
    .rept 4
    ldr.w r8, [r0]
    add.w r0, r0, r1
    ldrd r10, r11, [r2], #8
    and.w r9, lr, r8, lsr #\shift
    smlad r4, r9, r10, r4
    smlad r5, r9, r11, r5
    and.w r9, lr, r8, lsr #(\shift + 4)
    smlad r6, r9, r10, r6
    smlad r7, r9, r11, r7
    .endr
    subs.w r3, r3, #1
    bne.w 2b
    stm.w r12!, {r4, r5, r6, r7}
    .endr
    ldr r8, [sp]
    add r8, r8, #4
    str r8, [sp]
    ldr r9, [sp, #24]
    cmp r12, r9
    bne.w 1b
    add sp, sp, #28
    pop.w {r4-r11, pc}
  )");
}

#endif

template <int kQueries>
inline void add_four_bit_values(const FourBitSums<kQueries>& of, int32_t shift) {
#if TMC_ARMV7EM_ASSEMBLY
  if constexpr (kQueries == 2) {
    if (shift == 0) return add_four_bit_pairs(&of);
  }
#endif
  add_shifted_four_bit_values(of, shift);
}

}  // namespace tmc::kernels::armv7em
