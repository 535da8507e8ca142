// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Scores of detail/slot_run.hpp for two queries of eight elements, two slots at a time.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

// The assembly reads the members by position.
struct ScorePairs {
  const int8_t* rows;    // of an even number of slots, at addresses that are multiples of four
  int32_t stride;        // one, too
  const int32_t* lanes;  // [2 groups of four][2 queries][2] lanes
  int32_t* scores;       // [slots][2 queries]
  int32_t multiplier;
  int32_t most[2];      // the largest scores before, and then
  int32_t* scores_end;  // two slots or more further
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(ScorePairs, rows) == 0 && offsetof(ScorePairs, stride) == 4 &&
              offsetof(ScorePairs, lanes) == 8 && offsetof(ScorePairs, scores) == 12 &&
              offsetof(ScorePairs, multiplier) == 16 && offsetof(ScorePairs, most) == 20 &&
              offsetof(ScorePairs, scores_end) == 28);

// r0 rows, r1 stride, r2 lanes, r3 scores, r4-r7 keys; sums are in lr and r12 of the first slot, in r8 and r4 of the
// second. The stack holds the tile and from its multiplier on a copy of it. That a score is the largest is rare.
[[gnu::naked, gnu::noinline]] inline void score_pairs(ScorePairs*) {
  asm volatile(R"(
    push.w {r0, r4-r11, lr}
    ldm.w r0, {r0-r7}
    push.w {r4-r7}
  1:
    ldrd r4, r5, [r0]
    add lr, r0, r1
    ldrd r6, r7, [lr]
    add r0, lr, r1
    ldm.w r2, {r8, r9, r10, r11}
    sxtb16 r12, r4
    sxtb16 r4, r4, ror #8
    smuad lr, r12, r8
    smlad lr, r4, r9, lr
    smuad r12, r12, r10
    smlad r12, r4, r11, r12
    sxtb16 r4, r6
    sxtb16 r6, r6, ror #8
    smuad r8, r4, r8
    smlad r8, r6, r9, r8
    smuad r4, r4, r10
    smlad r4, r6, r11, r4
    ldrd r9, r10, [r2, #16]
    sxtb16 r6, r5
    sxtb16 r5, r5, ror #8
    smlad lr, r6, r9, lr
    smlad lr, r5, r10, lr
    sxtb16 r11, r7
    sxtb16 r7, r7, ror #8
    smlad r8, r11, r9, r8
    smlad r8, r7, r10, r8
    ldrd r9, r10, [r2, #24]
    smlad r12, r6, r9, r12
    smlad r12, r5, r10, r12
    smlad r4, r11, r9, r4
    smlad r4, r7, r10, r4
    ldm.w sp, {r5, r6, r7, r9}
    smmulr r11, r8, r5
    smmulr r8, lr, r5
    smmulr r10, r12, r5
    smmulr r12, r4, r5
    stm.w r3!, {r8, r10, r11, r12}
    cmp r8, r6
    bgt.n 3f
    cmp r11, r6
    bgt.n 3f
    cmp r10, r7
    bgt.n 3f
    cmp r12, r7
    bgt.n 3f
  2:
    cmp r3, r9
    bne.n 1b
    ldrd r6, r7, [sp, #4]
    add sp, sp, #16
    pop.w {r0, r4, r5}
    strd r6, r7, [r0, #20]
    pop.w {r6-r11, pc}
  3:
    cmp r8, r6
    it gt
    movgt r6, r8
    cmp r11, r6
    it gt
    movgt r6, r11
    cmp r10, r7
    it gt
    movgt r7, r10
    cmp r12, r7
    it gt
    movgt r7, r12
    strd r6, r7, [sp, #4]
    b.n 2b
  )");
}

#else

inline void score_pairs(ScorePairs* pairs) {
  const int8_t* row = pairs->rows;
  for (int32_t* scores = pairs->scores; scores != pairs->scores_end; scores += 2, row += pairs->stride) {
    for (int32_t i = 0; i < 2; ++i) {
      int32_t sum = 0;
      for (int32_t group = 0; group < 2; ++group) {
        const int32_t word = load_word(row + 4 * group);
        const int32_t* const lanes = pairs->lanes + 4 * group + 2 * i;
        sum = smlad(sxtb16_ror8(word), lanes[1], smlad(sxtb16(word), lanes[0], sum));
      }
      scores[i] = smmulr(sum, pairs->multiplier);
      if (scores[i] > pairs->most[i]) pairs->most[i] = scores[i];
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
