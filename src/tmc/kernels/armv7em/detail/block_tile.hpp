// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of the fully connected kernel: one row of inputs by four output channels, two weight words of two
// channels each (detail/pair_tile.hpp says how).

#include "tmc/kernels/armv7em/detail/channel.hpp"

namespace tmc::kernels::armv7em {

// The assembly reads the members by position.
struct BlockTile {
  int8_t* output;
  int32_t output_zero_point;
  const Channel* channels;
  const Channel* channels_end;  // a multiple of four further
  const int32_t* activations;   // [groups][2] lanes: inputs 0 and 2, then 1 and 3
  const int32_t* weights;       // [blocks of four channels][groups][channel pairs][2]
  int32_t groups;               // of four inputs
};

#if TMC_ARMV7EM_ASSEMBLY

// r0 activations, r1 weights, r2-r5 weight words, r6 r7 raw sums, r8 r9 sums of the pairs' first channels, r10 r11
// activation words, lr count. The stack holds the first five members of the tile, the number of loop turns and where
// the first turn enters: the loop takes four groups a turn, 56 bytes of code each. r12 addresses the channels.
[[gnu::naked, gnu::noinline]] inline void run_block_tile(const BlockTile*) {
  asm volatile(R"(
    push.w {r4-r11, lr}
    ldm.w r0, {r1-r7}
    mov r12, r3
    rsb r8, r7, #0
    and r8, r8, #3
    mov r9, #56
    mul r8, r8, r9
    adr.w r9, 2f
    add r8, r8, r9
    add r8, r8, #1
    add r7, r7, #3
    lsr r7, r7, #2
    push.w {r1-r5, r7, r8}
    mov r1, r6

  1:
    ldrd r0, lr, [sp, #16]
    ldr r8, [r12]
    ldr r6, [r12, #8]
    ldr r9, [r12, #16]
    ldr r7, [r12, #24]
    asr r8, r8, #8
    asr r9, r9, #8
    add r6, r6, r8
    add r7, r7, r9
    ldr.w pc, [sp, #24]
    .balign 4
  2:
    .rept 4
    ldm.w r1!, {r2, r3, r4, r5}
    ldrd r10, r11, [r0], #8
    smlad r6, r2, r10, r6
    sxtb16.w r2, r2
    smlad r7, r4, r10, r7
    sxtb16.w r4, r4
    smlad r8, r2, r10, r8
    smlad r9, r4, r10, r9
    smlad r6, r3, r11, r6
    sxtb16.w r3, r3
    smlad r7, r5, r11, r7
    sxtb16.w r5, r5
    smlad r8, r3, r11, r8
    smlad r9, r5, r11, r9
    .endr
    subs.w lr, lr, #1
    bne.w 2b

    sub r6, r6, r8
    sub r7, r7, r9
    asr r6, r6, #8
    asr r7, r7, #8
    ldrd r0, lr, [sp]
    mov r11, #1
    ldm.w r12!, {r2, r3, r4, r5}
    lsl r2, r11, r2
    lsl r4, r11, r4
    add r2, r2, #1
    add r4, r4, #1
    smmlar r8, r8, r3, r8
    smmlar r6, r6, r5, r6
    smmlar r8, r8, r2, lr
    smmlar r6, r6, r4, lr
    ldm.w r12!, {r2, r3, r4, r5}
    lsl r2, r11, r2
    lsl r4, r11, r4
    add r2, r2, #1
    add r4, r4, #1
    smmlar r9, r9, r3, r9
    smmlar r7, r7, r5, r7
    smmlar r9, r9, r2, lr
    smmlar r7, r7, r4, lr
    ssat r8, #8, r8
    ssat r6, #8, r6
    ssat r9, #8, r9
    ssat r7, #8, r7
    strb r8, [r0], #1
    strb r6, [r0], #1
    strb r9, [r0], #1
    strb r7, [r0], #1
    str r0, [sp]
    ldr r0, [sp, #12]
    cmp r12, r0
    bne.w 1b
    add sp, sp, #28
    pop.w {r4-r11, pc}
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
    for (int32_t group = 0; group < tile->groups; ++group, weights += 4, activations += 2) {
      for (int i = 0; i < 4; ++i) {
        raw[i / 2] = smlad(weights[i], activations[i % 2], raw[i / 2]);
        low[i / 2] = smlad(sxtb16(weights[i]), activations[i % 2], low[i / 2]);
      }
    }
    for (int i = 0; i < 2; ++i) {
      output[2 * i] = requantize(low[i], channel[2 * i], tile->output_zero_point);
      output[2 * i + 1] =
          requantize(wrapping_subtract(raw[i], low[i]) >> 8, channel[2 * i + 1], tile->output_zero_point);
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
