// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of the convolutions: three pixels by all output channels, two channels at a time.
//
// A weight word holds two channels of two inputs: each 16-bit lane is 256 * w1 + w0. SMLAD with the raw word sums
// 256 * S1 + S0, SXTB16 leaves w0 in the lanes, a second SMLAD sums S0, and S1 = (raw - S0) >> 8, exactly while
// |S1| < 2^23, which `pack` proves. Four multiply-accumulates for every weight word, which stays eight-bit in flash.

#include "tmc/kernels/armv7em/detail/channel.hpp"

namespace tmc::kernels::armv7em {

// The assembly reads the members by position.
struct PairTile {
  int8_t* output[3];  // of the three pixels; equal addresses get equal values
  int32_t output_zero_point;
  const Channel* channels;
  const Channel* channels_end;  // a multiple of two further
  const int32_t* activations;   // [groups][2][3] lanes: inputs 0 and 2, then 1 and 3, of every pixel in turn
  const int32_t* weights;       // [channel pairs][groups][2]
  int32_t groups;               // of four inputs
};

#if TMC_ARMV7EM_ASSEMBLY

// r0 activations, r1 weights, r2 r3 weight words, r4-r6 raw sums, r7-r9 sums of w0, r10-r12 activation words, lr count.
// The stack holds the first seven members of the tile, the number of loop turns and where the first turn enters: the
// loop takes eight groups a turn, 68 bytes of code each. The shift in the raw sum's low byte falls to the final >> 8.
[[gnu::naked, gnu::noinline]] inline void run_pair_tile(const PairTile*) {
  asm volatile(R"(
    .macro tmc_pair_step word
    ldm.w r0!, {r10, r11, r12}
    smlad r4, \word, r10, r4
    smlad r5, \word, r11, r5
    smlad r6, \word, r12, r6
    sxtb16.w \word, \word
    smlad r7, \word, r10, r7
    smlad r8, \word, r11, r8
    smlad r9, \word, r12, r9
    .endm

    push.w {r4-r11, lr}
    ldm.w r0, {r1-r9}
    rsb r10, r9, #0
    and r10, r10, #7
    mov r11, #68
    mul r10, r10, r11
    adr.w r11, 2f
    add r10, r10, r11
    add r10, r10, #1
    add r9, r9, #7
    lsr r9, r9, #3
    push.w {r1-r7, r9, r10}
    mov r1, r8

  1:
    ldr.w r12, [sp, #16]
    ldrd r0, lr, [sp, #24]
    ldr.w r7, [r12]
    ldr.w r4, [r12, #8]
    asr r7, r7, #8
    mov r8, r7
    mov r9, r7
    add r4, r4, r7
    mov r5, r4
    mov r6, r4
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

    sub r4, r4, r7
    sub r5, r5, r8
    sub r6, r6, r9
    asr r4, r4, #8
    asr r5, r5, #8
    asr r6, r6, #8
    ldr.w r12, [sp, #16]
    ldm.w r12!, {r0, r2, r3, r10}
    str.w r12, [sp, #16]
    smmlar r7, r7, r2, r7
    smmlar r8, r8, r2, r8
    smmlar r9, r9, r2, r9
    smmlar r4, r4, r10, r4
    smmlar r5, r5, r10, r5
    smmlar r6, r6, r10, r6
    mov lr, #1
    lsl r0, lr, r0
    lsl r3, lr, r3
    add r0, r0, #1
    add r3, r3, #1
    ldm.w sp, {r2, r10, r11, lr}
    smmlar r7, r7, r0, lr
    smmlar r8, r8, r0, lr
    smmlar r9, r9, r0, lr
    smmlar r4, r4, r3, lr
    smmlar r5, r5, r3, lr
    smmlar r6, r6, r3, lr
    ssat r7, #8, r7
    ssat r4, #8, r4
    strb r7, [r2], #1
    strb r4, [r2], #1
    ssat r8, #8, r8
    ssat r5, #8, r5
    strb r8, [r10], #1
    strb r5, [r10], #1
    ssat r9, #8, r9
    ssat r6, #8, r6
    strb r9, [r11], #1
    strb r6, [r11], #1
    stm.w sp, {r2, r10, r11}
    ldr.w r0, [sp, #20]
    cmp r12, r0
    bne.w 1b
    add sp, sp, #36
    pop.w {r4-r11, pc}

    .purgem tmc_pair_step
  )");
}

#else

inline void run_pair_tile(const PairTile* tile) {
  const int32_t* weights = tile->weights;
  int32_t offset = 0;
  for (const Channel* channel = tile->channels; channel != tile->channels_end; channel += 2, offset += 2) {
    int32_t low[3], raw[3];
    for (int i = 0; i < 3; ++i) {
      low[i] = channel[0].bias();
      raw[i] = wrapping_add(channel[1].bias_and_shift, low[i]);
    }
    const int32_t* activations = tile->activations;
    for (int32_t word = 0; word < 2 * tile->groups; ++word, ++weights, activations += 3) {
      for (int i = 0; i < 3; ++i) {
        raw[i] = smlad(*weights, activations[i], raw[i]);
        low[i] = smlad(sxtb16(*weights), activations[i], low[i]);
      }
    }
    for (int i = 0; i < 3; ++i) {
      tile->output[i][offset] = requantize(low[i], channel[0], tile->output_zero_point);
      tile->output[i][offset + 1] =
          requantize(wrapping_subtract(raw[i], low[i]) >> 8, channel[1], tile->output_zero_point);
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
