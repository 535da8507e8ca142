// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of detail/block_tile.hpp for any weights, sums and requantisations: one row of inputs by four output
// channels, in parts, two weight words of two channels each (detail/long_tile.hpp says how).

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/long_channel.hpp"

namespace tmc::kernels::armv7em {

// The assembly reads the members by position.
struct LongBlockTile {
  int8_t* output;
  int32_t output_zero_point;
  const LongFormChannel* channels;
  const LongFormChannel* channels_end;  // a multiple of four further
  const int32_t* activations;           // [parts][steps][2 groups][2] lanes: inputs 0 and 2, then 1 and 3
  const int32_t* weights;               // [blocks of four channels][parts][steps][2 groups][channel pairs][2]
  int32_t steps;                        // of eight inputs, in a part
  int32_t parts;
  int32_t begin;  // where the sums begin: -128 times the sum of the inputs
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(LongBlockTile, output) == 0 && offsetof(LongBlockTile, output_zero_point) == 4 &&
              offsetof(LongBlockTile, channels) == 8 && offsetof(LongBlockTile, channels_end) == 12 &&
              offsetof(LongBlockTile, activations) == 16 && offsetof(LongBlockTile, weights) == 20 &&
              offsetof(LongBlockTile, steps) == 24 && offsetof(LongBlockTile, parts) == 28 &&
              offsetof(LongBlockTile, begin) == 32);

// r0 activations, r1 weights, r2-r5 weight words, r7 r9 and r6 r8 first channels' and raw sums of the two pairs,
// r10-r12 and lr activation words. Frame: 0 the first five members of the tile, 20 where the first turn enters, 24
// bytes of a part's weights, 28 where they end, 32 where sums begin, 36 parts, 40 those left, 44 the second channels'
// sums of the parts before.
[[gnu::naked, gnu::noinline]] inline void run_long_block_tile(const LongBlockTile*) {
  asm volatile(R"(
    .macro tmc_block_step first, second
    ldm.w r1!, {r2, r3, r4, r5}
    smlad r9, r2, \first, r9
    uxtb16.w r2, r2
    smlad r8, r4, \first, r8
    uxtb16.w r4, r4
    smlad r7, r2, \first, r7
    smlad r6, r4, \first, r6
    smlad r9, r3, \second, r9
    uxtb16.w r3, r3
    smlad r8, r5, \second, r8
    uxtb16.w r5, r5
    smlad r7, r3, \second, r7
    smlad r6, r5, \second, r6
    .endm
    .macro tmc_long_output sum
    ldm.w r0!, {r2, r3, r4, r5}
    add \sum, \sum, r2
    lsr r2, r3, #31
    smmlar \sum, \sum, r3, \sum
    smmla \sum, \sum, r2, \sum
    mla r2, \sum, r4, lr
    smmlar \sum, \sum, r5, r2
    ssat \sum, #8, \sum
    strb \sum, [r12], #1
    .endm

    push.w {r4-r11, lr}
    ldm.w r0, {r1-r9}
    rsb r10, r7, #0
    and r10, r10, #3
    mov r11, #108
    mul r10, r10, r11
    adr.w r11, 2f
    add r10, r10, r11
    add r10, r10, #1
    lsl r11, r7, #5
    sub sp, sp, #56
    stm.w sp, {r1-r5, r10, r11}
    strd r9, r8, [sp, #32]
    mov r1, r6

  1:
    ldrd r7, r2, [sp, #32]
    mov r3, #0
    mov r4, #0
    mov r6, r7
    strd r2, r3, [sp, #40]
    str r4, [sp, #48]
    ldr r0, [sp, #16]
  6:
    mov r9, r7
    mov r8, r6
    ldr r10, [sp, #24]
    add r10, r10, r1
    str r10, [sp, #28]
    ldr.w pc, [sp, #20]
    .balign 4
  2:
    .rept 4
    ldm.w r0!, {r10, r11, r12, lr}
    tmc_block_step r10, r11
    tmc_block_step r12, lr
    .endr
    ldr r10, [sp, #28]
    cmp r1, r10
    bne.w 2b

    sub r9, r9, r7
    sub r8, r8, r6
    ldrd r10, r11, [sp, #44]
    add r10, r10, r9, asr #8
    add r11, r11, r8, asr #8
    ldr r2, [sp, #40]
    subs r2, r2, #1
    beq.w 3f
    strd r2, r10, [sp, #40]
    str r11, [sp, #48]
    b.w 6b
  3:
    ldr r0, [sp, #8]
    ldrd r12, lr, [sp]
    tmc_long_output r7
    tmc_long_output r10
    tmc_long_output r6
    tmc_long_output r11
    str r12, [sp]
    str r0, [sp, #8]
    ldr r2, [sp, #12]
    cmp r0, r2
    bne.w 1b
    add sp, sp, #56
    pop.w {r4-r11, pc}
    .purgem tmc_block_step
    .purgem tmc_long_output
  )");
}

#else

inline void run_long_block_tile(const LongBlockTile* tile) {
  const int32_t* weights = tile->weights;
  int8_t* output = tile->output;
  for (const LongFormChannel* channel = tile->channels; channel != tile->channels_end; channel += 4, output += 4) {
    int32_t low[2] = {tile->begin, tile->begin};
    int32_t high[2] = {};
    const int32_t* activations = tile->activations;
    for (int32_t part = 0; part < tile->parts; ++part) {
      int32_t raw[2] = {low[0], low[1]};
      for (int32_t group = 0; group < 2 * tile->steps; ++group, weights += 4, activations += 2) {
        for (int i = 0; i < 4; ++i) {
          raw[i / 2] = smlad(weights[i], activations[i % 2], raw[i / 2]);
          low[i / 2] = smlad(uxtb16(weights[i]), activations[i % 2], low[i / 2]);
        }
      }
      for (int i = 0; i < 2; ++i) high[i] = wrapping_add(high[i], wrapping_subtract(raw[i], low[i]) >> 8);
    }
    for (int i = 0; i < 4; ++i) {
      const int32_t sum = wrapping_add(i % 2 == 0 ? low[i / 2] : high[i / 2], channel[i].bias());
      output[i] = requantize(sum, channel[i].requantization(), tile->output_zero_point);
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
