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

// clang-format off

// r0 activations, r1 weights, r2-r5 weight words, r7 r9 and r6 r8 first channels' and raw sums of the two pairs,
// r10-r12 and lr activation words. The stack holds the channels, the table, if there is one, the output, the zero point,
// where the channels end, the activations, where the first turn enters, the weights of a block in bytes and where they
// end: the loop takes four steps of eight inputs a turn, 108 bytes of code each. The sign of the first multiplier of a
// block says how often it rounds.
#define TMC_ROUND_BLOCK_TWICE(FIRST, SECOND)                                                                           \
  "lsl r2, r11, r2\n lsl r4, r11, r4\n add r2, r2, #1\n add r4, r4, #1\n"                                              \
  "smmlar " FIRST ", " FIRST ", r3, " FIRST "\n smmlar " SECOND ", " SECOND ", r5, " SECOND "\n"                       \
  "smmlar " FIRST ", " FIRST ", r2, lr\n smmlar " SECOND ", " SECOND ", r4, lr\n"
#define TMC_BLOCK_TILE(BEGIN, LOOK_UP)                                                                           \
  ".macro tmc_block_step first, second\n ldm.w r1!, {r2, r3, r4, r5}\n"                                                 \
  "smlad r9, r2, \\first, r9\n sxtb16.w r2, r2\n smlad r8, r4, \\first, r8\n sxtb16.w r4, r4\n"                         \
  "smlad r7, r2, \\first, r7\n smlad r6, r4, \\first, r6\n"                                                             \
  "smlad r9, r3, \\second, r9\n sxtb16.w r3, r3\n smlad r8, r5, \\second, r8\n sxtb16.w r5, r5\n"                       \
  "smlad r7, r3, \\second, r7\n smlad r6, r5, \\second, r6\n .endm\n"                                                   \
  "push.w {r4-r11, lr}\n" BEGIN "ldm.w r0, {r1-r7}\n rsb r8, r7, #0\n and r8, r8, #3\n mov r9, #108\n mul r8, r8, r9\n" \
  "adr.w r9, 2f\n add r8, r8, r9\n add r8, r8, #1\n lsl r9, r7, #5\n"                                                   \
  "sub sp, sp, #36\n strd r3, lr, [sp]\n strd r1, r2, [sp, #8]\n strd r4, r5, [sp, #16]\n strd r8, r9, [sp, #24]\n mov r1, r6\n mov r0, r3\n"                                      \
  "1:\n ldm.w r0, {r2-r9}\n asr r7, r2, #8\n add r9, r4, r7\n asr r6, r6, #8\n add r8, r8, r6\n"                        \
  "ldr r0, [sp, #28]\n add r0, r0, r1\n str r0, [sp, #32]\n ldr r0, [sp, #20]\n ldr.w pc, [sp, #24]\n .balign 4\n"      \
  "2:\n .rept 4\n ldm.w r0!, {r10, r11, r12, lr}\n tmc_block_step r10, r11\n tmc_block_step r12, lr\n .endr\n"          \
  "ldr r10, [sp, #32]\n cmp r1, r10\n bne.w 2b\n"                                                                       \
  "sub r9, r9, r7\n sub r8, r8, r6\n asr r9, r9, #8\n asr r8, r8, #8\n ldm.w sp, {r0, r10, r12, lr}\n"         \
  "ldm.w r0!, {r2, r3, r4, r5}\n lsrs.w r11, r3, #31\n beq.w 4f\n"                                                      \
  TMC_ROUND_BLOCK_TWICE("r7", "r9") "ldm.w r0!, {r2, r3, r4, r5}\n" TMC_ROUND_BLOCK_TWICE("r6", "r8")                   \
  "3:\n ssat r7, #8, r7\n ssat r9, #8, r9\n ssat r6, #8, r6\n ssat r8, #8, r8\n" LOOK_UP                                \
  "strb r7, [r12], #1\n strb r9, [r12], #1\n strb r6, [r12], #1\n strb r8, [r12], #1\n str r12, [sp, #8]\n str r0, [sp]\n" \
  "ldr r2, [sp, #16]\n cmp r0, r2\n bne.w 1b\n add sp, sp, #36\n pop.w {r4-r11, pc}\n"                                  \
  "4:\n smmlar r7, r7, r3, lr\n smmlar r9, r9, r5, lr\n ldm.w r0!, {r2, r3, r4, r5}\n"                                  \
  "smmlar r6, r6, r3, lr\n smmlar r8, r8, r5, lr\n b.w 3b\n .purgem tmc_block_step\n"
// clang-format on

[[gnu::naked, gnu::noinline]] inline void run_block_tile(const BlockTile*) {
  asm volatile(TMC_BLOCK_TILE("", ""));
}
// Of outputs that are table[output].
[[gnu::naked, gnu::noinline]] inline void run_block_table_tile(const BlockTile*, const int8_t*) {
  asm volatile(TMC_BLOCK_TILE("mov lr, r1\n",
                              "ldrb.w r7, [r10, r7]\n ldrb.w r9, [r10, r9]\n ldrb.w r6, [r10, r6]\n "
                              "ldrb.w r8, [r10, r8]\n"));
}

#else

// Gives every output as finish(output).
template <typename Finish>
void run_blocks(const BlockTile* tile, const Finish& finish) {
  const int32_t* weights = tile->weights;
  int8_t* output = tile->output;
  const auto put = [&](int32_t at, int32_t sum, const Channel& channel) {
    output[at] = finish(requantize(sum, channel.requantization(), tile->output_zero_point));
  };
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
      put(2 * i, low[i], channel[2 * i]);
      put(2 * i + 1, wrapping_subtract(raw[i], low[i]) >> 8, channel[2 * i + 1]);
    }
  }
}

inline void run_block_tile(const BlockTile* tile) {
  run_blocks(tile, [](int8_t value) { return value; });
}
inline void run_block_table_tile(const BlockTile* tile, const int8_t* table) {
  run_blocks(tile, [table](int8_t value) { return table[value]; });
}

#endif

}  // namespace tmc::kernels::armv7em
