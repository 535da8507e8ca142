// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums of products of one row of widened inputs with weights of four bits, four outputs at a time, whose integers are
// within [0, 15] less a zero point: sixteen instructions for sixteen products, and about 35 for a part of the inputs
// that shares multipliers and zero points.
//
// A lane of a weight word holds one input of four outputs, 4096 * (n3 - 8) + 256 * n2 + 16 * n1 + n0. SMLAD sums its
// products, and those of what is left of it by masks of four, eight and twelve bits: T0 = S0, T1 = T0 + 16 * S1,
// T2 = T1 + 256 * S2, T3 = T2 + 4096 * S3, from which differences and shifts make the sums of each output. They are
// exact where a part has 256 inputs at most: 256 * 255 * 8 * 4096 < 2^31.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kNibbleBlock = 4;       // outputs
inline constexpr int32_t kMostNibbleSteps = 64;  // of four inputs, of a part

// The assembly reads the members by position.
struct NibbleRows {
  const int32_t* activations;  // [steps][2] lanes: inputs 0 and 2, then 1 and 3
  const int32_t* weights;      // [blocks][steps][2 words]
  const uint32_t* parts;       // [blocks]: from the lowest bits on four multipliers, then zero points, the last less 8
  int32_t* sums;               // of whole blocks, to which those of the part are added, modulo 2^32
  int32_t* sums_end;
  int32_t steps;  // one or more
  int32_t total;  // of the part's activations
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(NibbleRows, activations) == 0 && offsetof(NibbleRows, weights) == 4 &&
              offsetof(NibbleRows, parts) == 8 && offsetof(NibbleRows, sums) == 12 &&
              offsetof(NibbleRows, sums_end) == 16 && offsetof(NibbleRows, steps) == 20 &&
              offsetof(NibbleRows, total) == 24);

// r0 activations, r1 weights, r2 r3 weight words, r4 r5 what masks leave of one, r6 r7 activation words, r8-r11 T0 to
// T3, r12 parts, lr turns left. The stack holds the sums, their end, the activations, the number of turns, where the
// first one enters and the total. The loop takes eight steps a turn, 64 bytes of code each; the first turn enters where
// as many are left as there are above a multiple of eight.
[[gnu::naked, gnu::noinline]] inline void run_nibble_rows(const NibbleRows*) {
  asm volatile(R"(
  .macro tmc_nibble_products word, lanes
    smlad r11, \word, \lanes, r11
    and.w r4, \word, #0x000f000f
    uxtb16.w r5, \word
    bic.w \word, \word, #0xf000f000
    smlad r8, r4, \lanes, r8
    smlad r9, r5, \lanes, r9
    smlad r10, \word, \lanes, r10
  .endm
    push.w {r4-r11, lr}
    ldm.w r0, {r0, r1, r2, r3, r4, r5, r6}
    mov r12, r2
    rsb r2, r5, #0
    and r2, r2, #7
    adr.w r7, 2f
    add r2, r7, r2, lsl #6
    add r2, r2, #1
    add r5, r5, #7
    lsr r5, r5, #3
    sub sp, sp, #24
    strd r3, r4, [sp]
    strd r0, r5, [sp, #8]
    strd r2, r6, [sp, #16]

  1:
    mov r8, #0
    mov r9, #0
    mov r10, #0
    mov r11, #0
    ldrd r0, lr, [sp, #8]
    ldr.w pc, [sp, #16]
    .balign 4
  2:
    .rept 8
    ldrd r6, r7, [r0], #8
    ldrd r2, r3, [r1], #8
    tmc_nibble_products r2, r6
    tmc_nibble_products r3, r7
    .endr
    subs.w lr, lr, #1
    bne.w 2b

    ldr r2, [r12], #4
    ldr r3, [sp, #20]
    sub r11, r11, r10
    sub r10, r10, r9
    sub r9, r9, r8
    asr r11, r11, #12
    asr r10, r10, #8
    asr r9, r9, #4
    ubfx r4, r2, #16, #4
    mls r8, r4, r3, r8
    ubfx r4, r2, #20, #4
    mls r9, r4, r3, r9
    ubfx r4, r2, #24, #4
    mls r10, r4, r3, r10
    asr r4, r2, #28
    mls r11, r4, r3, r11
    ldr r0, [sp]
    ldm.w r0, {r3, r4, r5, r6}
    and r7, r2, #15
    mla r3, r7, r8, r3
    ubfx r7, r2, #4, #4
    mla r4, r7, r9, r4
    ubfx r7, r2, #8, #4
    mla r5, r7, r10, r5
    ubfx r7, r2, #12, #4
    mla r6, r7, r11, r6
    stm.w r0!, {r3, r4, r5, r6}
    str r0, [sp]
    ldr r7, [sp, #4]
    cmp r0, r7
    bne.w 1b
    add sp, sp, #24
    pop.w {r4-r11, pc}
  .purgem tmc_nibble_products
  )");
}

#else

// sum + multiplier * (part - zero_point * total)
inline int32_t add_nibble_part(int32_t sum, uint32_t multiplier, int32_t part, int32_t zero_point, int32_t total) {
  const uint32_t less = static_cast<uint32_t>(zero_point) * static_cast<uint32_t>(total);
  return static_cast<int32_t>(static_cast<uint32_t>(sum) + multiplier * (static_cast<uint32_t>(part) - less));
}

inline void run_nibble_rows(const NibbleRows* rows) {
  const int32_t* weights = rows->weights;
  const uint32_t* parts = rows->parts;
  for (int32_t* sums = rows->sums; sums != rows->sums_end; sums += kNibbleBlock, ++parts) {
    int32_t t[kNibbleBlock] = {};
    for (int32_t at = 0; at < 2 * rows->steps; ++at, ++weights) {
      const int32_t word = *weights, lanes = rows->activations[at];
      t[0] = smlad(word & 0x000F000F, lanes, t[0]);
      t[1] = smlad(uxtb16(word), lanes, t[1]);
      t[2] = smlad(word & 0x0FFF0FFF, lanes, t[2]);
      t[3] = smlad(word, lanes, t[3]);
    }
    for (int32_t i = 0; i < kNibbleBlock; ++i) {
      const int32_t part = i == 0 ? t[0] : wrapping_subtract(t[i], t[i - 1]) >> (4 * i);
      const auto zero_point = static_cast<int32_t>(*parts >> (16 + 4 * i) & 15);
      sums[i] = add_nibble_part(sums[i], *parts >> (4 * i) & 15, part, i < 3 ? zero_point : (zero_point ^ 8) - 8,
                                rows->total);
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
