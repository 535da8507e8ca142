// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of detail/pair_tile.hpp for any weights, sums and requantisations: three pixels by all output
// channels, two channels at a time, a few instructions an output dearer.
//
// A lane of a weight word holds 256 * w1 + (w0 + 128), which any two weights go into. SMLAD with the raw word sums
// 256 * S1 + S, UXTB16 leaves w0 + 128 in the lanes, a second SMLAD sums S = S0 + 128 * (sum of the inputs), which all
// channels begin without. A window is taken in parts, so that 256 * S1 of each wraps for no weights
// (detail/long_channel.hpp).

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/long_channel.hpp"
#include "tmc/kernels/armv7em/detail/pair_assembly.hpp"

namespace tmc::kernels::armv7em {

// The order in which they are read.
struct LongPair {
  LongFormChannel second, first;
};

// The assembly reads the members by position.
struct LongTile {
  int8_t* output[3];  // of the three pixels; equal addresses get equal values
  int32_t output_zero_point;
  const LongPair* pairs;
  const LongPair* pairs_end;
  const int32_t* activations;  // [parts][groups][2][3] lanes: inputs 0 and 2, then 1 and 3, of every pixel in turn
  const int32_t* weights;      // [channel pairs][parts][groups][2]
  int32_t groups;              // of four inputs, in a part
  int32_t parts;
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(LongTile, output) == 0 && offsetof(LongTile, output_zero_point) == 12 &&
              offsetof(LongTile, pairs) == 16 && offsetof(LongTile, pairs_end) == 20 &&
              offsetof(LongTile, activations) == 24 && offsetof(LongTile, weights) == 28 &&
              offsetof(LongTile, groups) == 32 && offsetof(LongTile, parts) == 36);

// As in run_pair_tile: r0 activations, r1 weights, r2 r3 weight words, r4-r6 raw sums, r7-r9 sums of the first channel,
// r10-r12 activation words, lr count. Frame: 0 output[3], 12 zero point, 16 pairs, 20 their end, 24 activations, 28
// turns of a part, 32 where the first turn enters, 36 where a part leaves to, 40 where the pixels' sums begin, 52
// parts, 56 those left, 60 the second channel's sums of the parts before.
[[gnu::naked, gnu::noinline]] inline void run_long_tile(const LongTile*) {
  asm volatile(TMC_PAIR_STEP("uxtb16") R"(
    .macro tmc_round_first sum
    smmlar \sum, \sum, r2, \sum
    smmla \sum, \sum, r11, \sum
    .endm
    .macro tmc_scale sum
    mla r0, \sum, r3, lr
    smmlar \sum, \sum, r10, r0
    ssat \sum, #8, \sum
    .endm
    .macro tmc_long_requantize first, second, third
    lsrs.w r11, r2, #31
    beq.w 10f
    tmc_round_first \first
    tmc_round_first \second
    tmc_round_first \third
  10:
    tmc_scale \first
    tmc_scale \second
    tmc_scale \third
    .endm

    push.w {r4-r11, lr}
    ldm.w r0, {r1-r10}
    sub sp, sp, #72
    stm.w sp, {r1-r7}
    mov r1, r8
    mul r11, r9, r10
    sub r9, r9, #1
    rsb r8, r9, #0
    and r8, r8, #7
    mov r12, #68
    mul r8, r8, r12
    adr.w r12, 2f
    add r8, r8, r12
    cmp r9, #0
    it eq
    addeq.w r8, r12, #(3f - 2f)
    add r8, r8, #1
    add r9, r9, #7
    lsr r9, r9, #3
    strd r9, r8, [sp, #28]
    strd r10, r10, [sp, #52]
    adr.w r9, 4f
    cmp r10, #1
    it ne
    addne.w r9, r9, #(5f - 4f)
    add r9, r9, #1
    str r9, [sp, #36]
    mvn r12, #0x007F007F
    mov r2, #0
    mov r3, #0
    mov lr, #0
    strd r2, r3, [sp, #60]
    str lr, [sp, #68]
  9:
    ldm.w r7!, {r4, r5, r6, r8, r9, r10}
    smlad r2, r4, r12, r2
    smlad r3, r5, r12, r3
    smlad lr, r6, r12, lr
    smlad r2, r8, r12, r2
    smlad r3, r9, r12, r3
    smlad lr, r10, r12, lr
    subs r11, r11, #1
    bne.w 9b
    strd r2, r3, [sp, #40]
    str lr, [sp, #48]

  1:
    ldrd r7, r8, [sp, #40]
    ldr r9, [sp, #48]
    ldrd r0, lr, [sp, #24]
  6:
    ldrd r2, r3, [r1], #8
    ldm.w r0!, {r10, r11, r12}
    smlad r4, r2, r10, r7
    smlad r5, r2, r11, r8
    smlad r6, r2, r12, r9
    uxtb16.w r2, r2
    smlad r7, r2, r10, r7
    smlad r8, r2, r11, r8
    smlad r9, r2, r12, r9
    tmc_pair_step r3
    ldr.w pc, [sp, #32]
    .balign 4
  2:
    .rept 8
    ldrd r2, r3, [r1], #8
    tmc_pair_step r2
    tmc_pair_step r3
    .endr
    subs.w lr, lr, #1
    bne.w 2b
  3:
    sub r4, r4, r7
    sub r5, r5, r8
    sub r6, r6, r9
    ldr.w pc, [sp, #36]

    .balign 4
  4:
    ldr r12, [sp, #16]
    ldm.w r12!, {r0, r2, r3, r10}
    add r4, r0, r4, asr #8
    add r5, r0, r5, asr #8
    add r6, r0, r6, asr #8
  8:
    ldr lr, [sp, #12]
    tmc_long_requantize r4, r5, r6
    ldm.w r12!, {r0, r2, r3, r10}
    add r7, r7, r0
    add r8, r8, r0
    add r9, r9, r0
    tmc_long_requantize r7, r8, r9
    str r12, [sp, #16]
    ldm.w sp, {r0, r2, r3}
    strb r7, [r0], #1
    strb r4, [r0], #1
    strb r8, [r2], #1
    strb r5, [r2], #1
    strb r9, [r3], #1
    strb r6, [r3], #1
    stm.w sp, {r0, r2, r3}
    ldr r0, [sp, #20]
    cmp r12, r0
    bne.w 1b
    add sp, sp, #72
    pop.w {r4-r11, pc}

    .balign 4
  5:
    ldrd r10, r11, [sp, #60]
    ldr r12, [sp, #68]
    add r4, r10, r4, asr #8
    add r5, r11, r5, asr #8
    add r6, r12, r6, asr #8
    ldr r2, [sp, #56]
    subs r2, r2, #1
    beq.w 7f
    str r2, [sp, #56]
    strd r4, r5, [sp, #60]
    str r6, [sp, #68]
    ldr lr, [sp, #28]
    b.w 6b
  7:
    ldr r0, [sp, #52]
    mov r2, #0
    mov r3, #0
    strd r0, r2, [sp, #56]
    strd r2, r3, [sp, #64]
    ldr r12, [sp, #16]
    ldm.w r12!, {r0, r2, r3, r10}
    add r4, r4, r0
    add r5, r5, r0
    add r6, r6, r0
    b.w 8b
    .purgem tmc_round_first
    .purgem tmc_scale
    .purgem tmc_long_requantize
  )" TMC_PAIR_STEP_END);
}

#else

inline void run_long_tile(const LongTile* tile) {
  const int32_t words = 2 * tile->groups;
  int32_t begin[3] = {};
  for (int32_t i = 0; i < 3 * words * tile->parts; ++i) {
    begin[i % 3] = smlad(tile->activations[i], static_cast<int32_t>(0xFF80FF80), begin[i % 3]);
  }
  const int32_t* weights = tile->weights;
  int32_t offset = 0;
  for (const LongPair* pair = tile->pairs; pair != tile->pairs_end; ++pair, offset += 2) {
    int32_t low[3] = {begin[0], begin[1], begin[2]};
    int32_t high[3] = {};
    const int32_t* activations = tile->activations;
    for (int32_t part = 0; part < tile->parts; ++part) {
      int32_t raw[3] = {low[0], low[1], low[2]};
      for (int32_t word = 0; word < words; ++word, ++weights, activations += 3) {
        for (int i = 0; i < 3; ++i) {
          raw[i] = smlad(*weights, activations[i], raw[i]);
          low[i] = smlad(uxtb16(*weights), activations[i], low[i]);
        }
      }
      for (int i = 0; i < 3; ++i) high[i] = wrapping_add(high[i], wrapping_subtract(raw[i], low[i]) >> 8);
    }
    for (int i = 0; i < 3; ++i) {
      int8_t* output = tile->output[i] + offset;
      output[0] = requantize(wrapping_add(low[i], pair->first.bias()), pair->first.form, tile->output_zero_point);
      output[1] = requantize(wrapping_add(high[i], pair->second.bias()), pair->second.form, tile->output_zero_point);
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
