// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows of int16 inputs by blocks of four output channels, with the loop of detail/single_rows.hpp: its lanes are the
// inputs as they lie, two to a word, and each weight word holds inputs 0, 2, 1 and 3 of a channel.

#include "tmc/kernels/armv7em/detail/int16_channel.hpp"
#include "tmc/kernels/armv7em/detail/single_rows.hpp"

namespace tmc::kernels::armv7em {

// So many inputs add up in 32 bits whatever they and the weights are: 504 * 2^15 * 2^7 < 2^31.
inline constexpr int32_t kExactSteps = 63;

struct Int16Rows {
  const int32_t* lanes;
  const int32_t* weights;  // [blocks of four channels][steps][2][4 channels][4 inputs]
  int32_t steps;           // of eight inputs
  int32_t count;           // channels
  int32_t low, high;       // of the outputs
};

inline void run_block(const Int16Rows& rows, const int32_t* weights, const ShortChannel* channels, int32_t count,
                      int16_t* output) {
  int32_t sums[4];
  for (int32_t i = 0; i < 4; ++i) sums[i] = channels[i].bias;
  const SingleTile tile{rows.lanes, weights, weights + 8 * rows.steps, sums};
  run_single_tile(&tile);
  for (int32_t i = 0; i < count; ++i) output[i] = rescale(sums[i], channels[i], rows.low, rows.high);
}

inline void run_block(const Int16Rows& rows, const int32_t* weights, const LongChannel* channels, int32_t count,
                      int16_t* output) {
  int64_t totals[4];
  for (int32_t i = 0; i < 4; ++i) totals[i] = channels[i].bias;
  for (int32_t first = 0; first < rows.steps; first += kExactSteps) {
    const int32_t end = rows.steps - first < kExactSteps ? rows.steps : first + kExactSteps;
    int32_t sums[4] = {};
    const SingleTile tile{rows.lanes + 4 * first, weights + 8 * first, weights + 8 * end, sums};
    run_single_tile(&tile);
    for (int32_t i = 0; i < 4; ++i) totals[i] += sums[i];
  }
  for (int32_t i = 0; i < count; ++i) output[i] = rescale(totals[i], channels[i], rows.low, rows.high);
}

// Whole blocks of channels with short forms. The assembly reads the members by position.
struct ShortBlocks {
  const int32_t* lanes;
  int32_t block_bytes;  // of the weights
  const ShortChannel* channels;
  const ShortChannel* channels_end;  // one block or more further
  int16_t* output;
  const int32_t* weights;
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(ShortBlocks, lanes) == 0 && offsetof(ShortBlocks, block_bytes) == 4 &&
              offsetof(ShortBlocks, channels) == 8 && offsetof(ShortBlocks, channels_end) == 12 &&
              offsetof(ShortBlocks, output) == 16 && offsetof(ShortBlocks, weights) == 20 &&
              offsetof(ShortChannel, bias) == 0 && offsetof(ShortChannel, factor) == 4 && sizeof(ShortChannel) == 8);

// The inner loop of run_single_tile. r0 lanes, r1 weights, r2-r5 weight words, then factors, r6 r7 words of lanes,
// r8-r11 sums, r12 channels, lr where the block's weights end. The stack holds the first five members.
[[gnu::naked, gnu::noinline]] inline void run_short_blocks(const ShortBlocks*) {
  asm volatile(TMC_SINGLE_STEP R"(
    push.w {r4-r11, lr}
    sub sp, sp, #20
    ldm.w r0, {r2-r6, r7}
    mov r1, r7
    stm.w sp, {r2-r6}
  1:
    ldrd r0, lr, [sp]
    ldr r12, [sp, #8]
    add lr, lr, r1
    ldr.w r8, [r12]
    ldr.w r9, [r12, #8]
    ldr.w r10, [r12, #16]
    ldr.w r11, [r12, #24]
  2:
    .rept 2
    ldm.w r1!, {r2, r3, r4, r5}
    ldrd r6, r7, [r0], #8
    tmc_single_step r2, r8
    tmc_single_step r3, r9
    tmc_single_step r4, r10
    tmc_single_step r5, r11
    .endr
    cmp r1, lr
    bne.w 2b
    ldrd r12, r6, [sp, #8]
    ldr r0, [sp, #16]
    ldr.w r2, [r12, #4]
    ldr.w r3, [r12, #12]
    ldr.w r4, [r12, #20]
    ldr.w r5, [r12, #28]
    add r12, r12, #32
    smmulr r8, r8, r2
    smmulr r9, r9, r3
    smmulr r10, r10, r4
    smmulr r11, r11, r5
    ssat r8, #16, r8
    ssat r9, #16, r9
    ssat r10, #16, r10
    ssat r11, #16, r11
    pkhbt r8, r8, r9, lsl #16
    pkhbt r10, r10, r11, lsl #16
    str.w r8, [r0], #4
    str.w r10, [r0], #4
    str.w r12, [sp, #8]
    str.w r0, [sp, #16]
    cmp r12, r6
    bne.w 1b
    add sp, sp, #20
    pop.w {r4-r11, pc}
    .purgem tmc_single_step
  )");
}

#else

inline void run_short_blocks(const ShortBlocks* blocks) {
  const int32_t words = blocks->block_bytes / 4;
  const int32_t* weights = blocks->weights;
  int16_t* output = blocks->output;
  for (const ShortChannel* channels = blocks->channels; channels != blocks->channels_end; channels += 4) {
    const Int16Rows all{blocks->lanes, weights, words / 8, 4, INT16_MIN, INT16_MAX};
    run_block(all, weights, channels, 4, output);
    weights += words;
    output += 4;
  }
}

#endif

inline void run_int16_rows(const Int16Rows& rows, const ShortChannel* channels, int16_t* output) {
  const int32_t whole = rows.count / 4 * 4;
  if (whole > 0) {
    const ShortBlocks blocks{rows.lanes, 32 * rows.steps, channels, channels + whole, output, rows.weights};
    run_short_blocks(&blocks);
    if (rows.low > INT16_MIN || rows.high < INT16_MAX) {
      for (int32_t i = 0; i < whole; ++i) output[i] = within(output[i], rows.low, rows.high);
    }
  }
  if (whole == rows.count) return;
  run_block(rows, rows.weights + 2 * whole * rows.steps, channels + whole, rows.count - whole, output + whole);
}

template <typename AnyChannel>
void run_int16_rows(const Int16Rows& rows, const AnyChannel* channels, int16_t* output) {
  const int32_t* weights = rows.weights;
  for (int32_t left = rows.count; left > 0; left -= 4, weights += 8 * rows.steps, channels += 4, output += 4) {
    run_block(rows, weights, channels, left < 4 ? left : 4, output);
  }
}

}  // namespace tmc::kernels::armv7em
