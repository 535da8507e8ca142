// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums of products of one row of widened inputs with weights that lie in flash as 16-bit lanes: four outputs at a time,
// eleven instructions for sixteen products. Any values; sums modulo 2^32.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kLaneBlock = 4;       // outputs
inline constexpr int32_t kLaneTurn = 8;        // groups of a turn of the loop
inline constexpr int32_t kLaneGroupCode = 44;  // bytes of a group

// The assembly reads the members by position.
struct LaneRows {
  const int32_t* activations;  // [groups][2] lanes: inputs 0 and 2, then 1 and 3
  const int32_t* weights;      // [blocks][groups][2][4 outputs] lanes
  const int32_t* bias;         // [blocks][4 outputs]
  int32_t* sums;               // of whole blocks
  int32_t* sums_end;
  int32_t groups;  // of four inputs, one or more
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(LaneRows, activations) == 0 && offsetof(LaneRows, weights) == 4 &&
              offsetof(LaneRows, bias) == 8 && offsetof(LaneRows, sums) == 12 && offsetof(LaneRows, sums_end) == 16 &&
              offsetof(LaneRows, groups) == 20);

// r0 activations, r1 weights, r2-r5 weight words, r6 r7 activation words, r8-r11 sums, r12 the bias, lr turns left. The
// stack holds sums, their end, the activations, the number of turns and where the first one enters.
[[gnu::naked, gnu::noinline]] inline void run_lane_rows(const LaneRows*) {
  asm volatile(R"(
    .macro tmc_lane_group
    ldrd r6, r7, [r0], #8
    ldm.w r1!, {r2, r3, r4, r5}
    smlad r8, r2, r6, r8
    smlad r9, r3, r6, r9
    smlad r10, r4, r6, r10
    smlad r11, r5, r6, r11
    ldm.w r1!, {r2, r3, r4, r5}
    smlad r8, r2, r7, r8
    smlad r9, r3, r7, r9
    smlad r10, r4, r7, r10
    smlad r11, r5, r7, r11
    .endm

    push.w {r4-r11, lr}
    ldm.w r0, {r0, r1, r2, r3, r4, r5}
    mov r12, r2
    rsb r6, r5, #0
    and r6, r6, #7
    mov r7, #44
    mul r6, r6, r7
    adr.w r7, 2f
    add r6, r6, r7
    add r6, r6, #1
    add r5, r5, #7
    lsr r5, r5, #3
    sub sp, sp, #24
    strd r3, r4, [sp]
    strd r0, r5, [sp, #8]
    str r6, [sp, #16]
  1:
    ldm.w r12!, {r8, r9, r10, r11}
    ldrd r0, lr, [sp, #8]
    ldr.w pc, [sp, #16]
    .balign 4
  2:
    .rept 8
    tmc_lane_group
    .endr
    subs.w lr, lr, #1
    bne.w 2b
    ldrd r2, r3, [sp]
    stm.w r2!, {r8, r9, r10, r11}
    str r2, [sp]
    cmp r2, r3
    bne.w 1b
    add sp, sp, #24
    pop.w {r4-r11, pc}
    .purgem tmc_lane_group
  )");
}

#else

inline void run_lane_rows(const LaneRows* rows) {
  const int32_t* weights = rows->weights;
  const int32_t* bias = rows->bias;
  for (int32_t* sums = rows->sums; sums != rows->sums_end; sums += kLaneBlock, bias += kLaneBlock) {
    for (int32_t i = 0; i < kLaneBlock; ++i) sums[i] = bias[i];
    for (int32_t word = 0; word < 2 * rows->groups; ++word, weights += kLaneBlock) {
      for (int32_t i = 0; i < kLaneBlock; ++i) sums[i] = smlad(weights[i], rows->activations[word], sums[i]);
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
