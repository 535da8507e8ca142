// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums of values times exponentials of detail/slot_run.hpp: values of two slots are put side by side as they are
// widened, two places of theirs at a time.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

// Rows of a cache that follow each other.
struct SlotRows {
  const int8_t* first;
  int32_t stride;
  int32_t count;  // one or more
};

// Two values of two slots times their exponentials: sums of the first value, then of the second.
template <int kQueries>
inline void add_value_pair(const int8_t* even, const int8_t* odd, const int32_t* exponentials,
                           int32_t (&sums)[2 * kQueries]) {
  uint16_t of_even, of_odd;
  __builtin_memcpy(&of_even, even, sizeof of_even);
  __builtin_memcpy(&of_odd, odd, sizeof of_odd);
  const int32_t word = pack_bottoms(of_even, of_odd);
  const int32_t low = sxtb16(word), high = sxtb16_ror8(word);
#pragma GCC unroll 2
  for (int32_t i = 0; i < kQueries; ++i) {
    sums[i] = smlad(low, exponentials[i], sums[i]);
    sums[kQueries + i] = smlad(high, exponentials[i], sums[kQueries + i]);
  }
}

// Of two queries. The assembly reads the members by position.
struct ValueSums {
  const int8_t* rows;  // of an even number of slots
  int32_t stride;
  const int32_t* exponentials;  // [pairs of slots][queries] lanes
  int32_t* sums;                // [places][queries], added to
  int32_t* sums_end;            // two places or more further, in twos
  int32_t pairs;                // one or more
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(ValueSums, rows) == 0 && offsetof(ValueSums, stride) == 4 &&
              offsetof(ValueSums, exponentials) == 8 && offsetof(ValueSums, sums) == 12 &&
              offsetof(ValueSums, sums_end) == 16 && offsetof(ValueSums, pairs) == 20);

// r0 rows, r1 stride, r2 exponentials, r3 turns left, of two pairs, 44 bytes of code each; r4-r7 sums, r8 r9 values,
// r10 r11 exponentials, r12 where the sums lie. The stack holds rows, exponentials, where the sums end, the turns and
// where the first one enters.
[[gnu::naked, gnu::noinline]] inline void add_value_pairs(const ValueSums*) {
  asm volatile(R"(
    push.w {r4-r11, lr}
    ldm.w r0, {r0, r1, r2, r3, r4, r5}
    mov r12, r3
    and r7, r5, #1
    mov r8, #44
    mul r7, r7, r8
    adr.w r6, 2f
    add r6, r6, r7
    add r6, r6, #1
    add r5, r5, #1
    lsr r5, r5, #1
    sub sp, sp, #20
    strd r0, r2, [sp]
    strd r4, r5, [sp, #8]
    str r6, [sp, #16]
  1:
    ldm.w r12, {r4, r5, r6, r7}
    ldrd r0, r2, [sp]
    ldr r3, [sp, #12]
    ldr.w pc, [sp, #16]
    .balign 4
  2:
    .rept 2
    ldrh.w r8, [r0]
    ldrh.w r9, [r0, r1]
    add.w r0, r0, r1, lsl #1
    orr.w r8, r8, r9, lsl #16
    ldrd r10, r11, [r2], #8
    sxtb16.w r9, r8
    sxtb16.w r8, r8, ror #8
    smlad r4, r9, r10, r4
    smlad r5, r9, r11, r5
    smlad r6, r8, r10, r6
    smlad r7, r8, r11, r7
    .endr
    subs.w r3, r3, #1
    bne.w 2b
    stm.w r12!, {r4, r5, r6, r7}
    ldr r8, [sp]
    add r8, r8, #2
    str r8, [sp]
    ldr r9, [sp, #8]
    cmp r12, r9
    bne.w 1b
    add sp, sp, #20
    pop.w {r4-r11, pc}
  )");
}

#else

inline void add_value_pairs(const ValueSums* values) {
  const int8_t* places = values->rows;
  for (int32_t* sums = values->sums; sums != values->sums_end; sums += 4, places += 2) {
    int32_t of_places[4] = {};
    for (int32_t pair = 0; pair < values->pairs; ++pair) {
      const int8_t* even = places + 2 * pair * values->stride;
      add_value_pair<2>(even, even + values->stride, values->exponentials + 2 * pair, of_places);
    }
    for (int32_t i = 0; i < 4; ++i) sums[i] += of_places[i];
  }
}

#endif

}  // namespace tmc::kernels::armv7em
