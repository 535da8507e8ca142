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

// Two channels as the loop reads them.
struct ChannelPair {
  int32_t low, raw;  // where the sums begin: bias[0], and 256 * bias[1] + bias[0]
  Requantization requantization[2];
};

inline void unpack_pairs(const Channel* channels, int32_t count, ChannelPair* pairs) {
  for (const Channel* end = channels + count; channels != end; channels += 2, ++pairs) {
    pairs->low = channels[0].bias();
    pairs->raw = wrapping_add(channels[1].bias_and_shift, pairs->low);
    pairs->requantization[0] = channels[0].requantization();
    pairs->requantization[1] = channels[1].requantization();
  }
}

// The assembly reads the members by position.
struct PairTile {
  int8_t* output[3];  // of the three pixels; equal addresses get equal values
  int32_t output_zero_point;
  const ChannelPair* pairs;
  const ChannelPair* pairs_end;
  const int32_t* activations;  // [groups][2][3] lanes: inputs 0 and 2, then 1 and 3, of every pixel in turn
  const int32_t* weights;      // [channel pairs][groups][2]
  int32_t groups;              // of four inputs
};

#if TMC_ARMV7EM_ASSEMBLY

// Of three pixels: the sums of the first channel in r7-r9 and of the second in r4-r6, as they are to be requantised,
// with the multipliers and shifts of the pair in r0, r2, r3, r11. The stack begins with output[3] and
// output_zero_point, and holds pairs_end at [20]; r12 is the next pair. Writes six outputs, and compares for another
// turn.
#define TMC_FINISH_PAIRS          \
  ".macro tmc_finish_pairs\n"     \
  "smmlar r7, r7, r0, r7\n"       \
  "smmlar r8, r8, r0, r8\n"       \
  "smmlar r9, r9, r0, r9\n"       \
  "smmlar r4, r4, r3, r4\n"       \
  "smmlar r5, r5, r3, r5\n"       \
  "smmlar r6, r6, r3, r6\n"       \
  "ldm.w sp, {r0, r3, r10, lr}\n" \
  "smmlar r7, r7, r2, lr\n"       \
  "smmlar r8, r8, r2, lr\n"       \
  "smmlar r9, r9, r2, lr\n"       \
  "smmlar r4, r4, r11, lr\n"      \
  "smmlar r5, r5, r11, lr\n"      \
  "smmlar r6, r6, r11, lr\n"      \
  "ssat r7, #8, r7\n"             \
  "ssat r4, #8, r4\n"             \
  "strb r7, [r0], #1\n"           \
  "strb r4, [r0], #1\n"           \
  "ssat r8, #8, r8\n"             \
  "ssat r5, #8, r5\n"             \
  "strb r8, [r3], #1\n"           \
  "strb r5, [r3], #1\n"           \
  "ssat r9, #8, r9\n"             \
  "ssat r6, #8, r6\n"             \
  "strb r9, [r10], #1\n"          \
  "strb r6, [r10], #1\n"          \
  "stm.w sp, {r0, r3, r10}\n"     \
  "ldr r0, [sp, #20]\n"           \
  "cmp r12, r0\n"                 \
  ".endm\n"
#define TMC_FINISH_PAIRS_END ".purgem tmc_finish_pairs\n"

// r0 activations, r1 weights, r2 r3 weight words, r4-r6 raw sums, r7-r9 sums of w0, r10-r12 activation words, lr count.
// The stack holds the first seven members of the tile, the number of loop turns and where the first turn enters. The
// first group starts the sums; the loop takes eight of the others a turn, 68 bytes of code each. The low byte that the
// second channel's word brings into the raw sum (its shift) falls to the final >> 8.
[[gnu::naked, gnu::noinline]] inline void run_pair_tile(const PairTile*) {
  asm volatile(TMC_FINISH_PAIRS R"(
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
    mov r12, r5
    sub r9, r9, #1
    rsb r10, r9, #0
    and r10, r10, #7
    mov r11, #68
    mul r10, r10, r11
    adr.w r11, 2f
    add r10, r10, r11
    cmp r9, #0
    it eq
    addeq.w r10, r11, #(3f - 2f)
    add r10, r10, #1
    add r9, r9, #7
    lsr r9, r9, #3
    push.w {r1-r7, r9, r10}
    mov r1, r8

  1:
    ldrd r0, lr, [sp, #24]
    ldrd r7, r4, [r12], #8
    str.w r12, [sp, #16]
    ldrd r2, r3, [r1], #8
    ldm.w r0!, {r10, r11, r12}
    smlad r5, r2, r11, r4
    smlad r6, r2, r12, r4
    smlad r4, r2, r10, r4
    sxtb16.w r2, r2
    smlad r8, r2, r11, r7
    smlad r9, r2, r12, r7
    smlad r7, r2, r10, r7
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
    asr r4, r4, #8
    asr r5, r5, #8
    asr r6, r6, #8
    ldr.w r12, [sp, #16]
    ldm.w r12!, {r0, r2, r3, r11}
    tmc_finish_pairs
    bne.w 1b
    add sp, sp, #36
    pop.w {r4-r11, pc}
    .purgem tmc_pair_step
  )" TMC_FINISH_PAIRS_END);
}

#else

inline void run_pair_tile(const PairTile* tile) {
  const int32_t* weights = tile->weights;
  int32_t offset = 0;
  for (const ChannelPair* pair = tile->pairs; pair != tile->pairs_end; ++pair, offset += 2) {
    int32_t low[3] = {pair->low, pair->low, pair->low};
    int32_t raw[3] = {pair->raw, pair->raw, pair->raw};
    const int32_t* activations = tile->activations;
    for (int32_t word = 0; word < 2 * tile->groups; ++word, ++weights, activations += 3) {
      for (int i = 0; i < 3; ++i) {
        raw[i] = smlad(*weights, activations[i], raw[i]);
        low[i] = smlad(sxtb16(*weights), activations[i], low[i]);
      }
    }
    for (int i = 0; i < 3; ++i) {
      int8_t* output = tile->output[i] + offset;
      output[0] = requantize(low[i], pair->requantization[0], tile->output_zero_point);
      output[1] = requantize(wrapping_subtract(raw[i], low[i]) >> 8, pair->requantization[1], tile->output_zero_point);
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
