// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of the fully connected kernel: one row of inputs by four output channels, two weight words of two
// channels each (detail/pair_tile.hpp says how).

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/channel.hpp"

namespace tmc::kernels::armv7em {

// The assembly reads the members by position.
struct BlockTile {
  int8_t* output;
  int32_t output_zero_point;
  const Channel* channels;      // those of a block round equally often
  const Channel* channels_end;  // a multiple of four further
  const int32_t* activations;   // [steps][2 groups][2] lanes: inputs 0 and 2, then 1 and 3
  const int32_t* weights;       // [blocks of four channels][steps][2 groups][channel pairs][2]
  int32_t steps;                // of eight inputs
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(BlockTile, output) == 0 && offsetof(BlockTile, output_zero_point) == 4 &&
              offsetof(BlockTile, channels) == 8 && offsetof(BlockTile, channels_end) == 12 &&
              offsetof(BlockTile, activations) == 16 && offsetof(BlockTile, weights) == 20 &&
              offsetof(BlockTile, steps) == 24);

// r0 activations, r1 weights, r2-r5 weight words, r7 r9 and r6 r8 first channels' and raw sums of the two pairs,
// r10-r12 and lr activation words. The stack holds the first five members of the tile, where the first turn enters, the
// weights of a block in bytes and where they end: the loop takes four steps of eight inputs a turn, 108 bytes of code
// each. The sign of the first multiplier of a block says how often it rounds.
[[gnu::naked, gnu::noinline]] inline void run_block_tile(const BlockTile*) {
  asm volatile(R"(
    .macro tmc_block_step first, second
    ldm.w r1!, {r2, r3, r4, r5}
    smlad r9, r2, \first, r9
    sxtb16.w r2, r2
    smlad r8, r4, \first, r8
    sxtb16.w r4, r4
    smlad r7, r2, \first, r7
    smlad r6, r4, \first, r6
    smlad r9, r3, \second, r9
    sxtb16.w r3, r3
    smlad r8, r5, \second, r8
    sxtb16.w r5, r5
    smlad r7, r3, \second, r7
    smlad r6, r5, \second, r6
    .endm

    push.w {r4-r11, lr}
    ldm.w r0, {r1-r7}
    rsb r8, r7, #0
    and r8, r8, #3
    mov r9, #108
    mul r8, r8, r9
    adr.w r9, 2f
    add r8, r8, r9
    add r8, r8, #1
    lsl r9, r7, #5
    sub sp, sp, #32
    stm.w sp, {r1-r5, r8, r9}
    mov r1, r6
    mov r0, r3

  1:
    ldm.w r0, {r2-r9}
    asr r7, r2, #8
    add r9, r4, r7
    asr r6, r6, #8
    add r8, r8, r6
    ldr r0, [sp, #24]
    add r0, r0, r1
    str r0, [sp, #28]
    ldr r0, [sp, #16]
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
    asr r9, r9, #8
    asr r8, r8, #8
    ldr r0, [sp, #8]
    ldrd r12, lr, [sp]
    ldm.w r0!, {r2, r3, r4, r5}
    lsrs.w r11, r3, #31
    beq.w 4f
    lsl r2, r11, r2
    lsl r4, r11, r4
    add r2, r2, #1
    add r4, r4, #1
    smmlar r7, r7, r3, r7
    smmlar r9, r9, r5, r9
    smmlar r7, r7, r2, lr
    smmlar r9, r9, r4, lr
    ldm.w r0!, {r2, r3, r4, r5}
    lsl r2, r11, r2
    lsl r4, r11, r4
    add r2, r2, #1
    add r4, r4, #1
    smmlar r6, r6, r3, r6
    smmlar r8, r8, r5, r8
    smmlar r6, r6, r2, lr
    smmlar r8, r8, r4, lr
  3:
    ssat r7, #8, r7
    ssat r9, #8, r9
    ssat r6, #8, r6
    ssat r8, #8, r8
    strb r7, [r12], #1
    strb r9, [r12], #1
    strb r6, [r12], #1
    strb r8, [r12], #1
    str r12, [sp]
    str r0, [sp, #8]
    ldr r2, [sp, #12]
    cmp r0, r2
    bne.w 1b
    add sp, sp, #32
    pop.w {r4-r11, pc}

  4:
    smmlar r7, r7, r3, lr
    smmlar r9, r9, r5, lr
    ldm.w r0!, {r2, r3, r4, r5}
    smmlar r6, r6, r3, lr
    smmlar r8, r8, r5, lr
    b.w 3b
    .purgem tmc_block_step
  )");
}

#else

inline void run_block_tile(const BlockTile* tile) {
  const int32_t* weights = tile->weights;
  int8_t* output = tile->output;
  for (const Channel* channel = tile->channels; channel != tile->channels_end; channel += 4, output += 4) {
    int32_t low[2], raw[2];
    for (int i = 0; i < 2; ++i) {
      low[i] = channel[2 * i].bias();
      raw[i] = wrapping_add(channel[2 * i + 1].bias_and_shift, low[i]);
    }
    const int32_t* activations = tile->activations;
    for (int32_t group = 0; group < 2 * tile->steps; ++group, weights += 4, activations += 2) {
      for (int i = 0; i < 4; ++i) {
        raw[i / 2] = smlad(weights[i], activations[i % 2], raw[i / 2]);
        low[i / 2] = smlad(sxtb16(weights[i]), activations[i % 2], low[i / 2]);
      }
    }
    for (int i = 0; i < 2; ++i) {
      output[2 * i] = requantize(low[i], channel[2 * i].requantization(), tile->output_zero_point);
      output[2 * i + 1] = requantize(wrapping_subtract(raw[i], low[i]) >> 8, channel[2 * i + 1].requantization(),
                                     tile->output_zero_point);
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
