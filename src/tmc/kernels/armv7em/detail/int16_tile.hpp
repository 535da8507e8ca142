// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two output channels over the windows of three pixels of int16: six sums in 32 bits. A weight word holds two inputs of
// both channels, so that SXTB16 leaves the inputs of one channel in the lanes of a word, in the order of activations.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

// The assembly reads the members by position.
struct Int16Tile {
  const int32_t* lanes;    // [steps of eight inputs][4 pairs of inputs][3 pixels]
  const int32_t* weights;  // [steps][4 pairs of inputs], bytes [2 inputs][2 channels]
  const int32_t* weights_end;
  int32_t* sums;  // [2 channels][3 pixels], added to
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(Int16Tile, lanes) == 0 && offsetof(Int16Tile, weights) == 4 &&
              offsetof(Int16Tile, weights_end) == 8 && offsetof(Int16Tile, sums) == 12);

// r0 lanes, r1 weights, r2 r3 the weights of both channels, r4-r9 sums, r10-r12 activations, lr the weights' end.
[[gnu::naked, gnu::noinline]] inline void run_int16_tile(const Int16Tile*) {
  asm volatile(R"(
    push.w {r4-r11, lr}
    ldm.w r0, {r0, r1, r2, r3}
    mov lr, r2
    push.w {r3}
    ldm.w r3, {r4-r9}
    .balign 4
  1:
    .rept 4
    ldr r2, [r1], #4
    ldm.w r0!, {r10, r11, r12}
    sxtb16 r3, r2, ror #8
    sxtb16 r2, r2
    smlad r4, r2, r10, r4
    smlad r5, r2, r11, r5
    smlad r6, r2, r12, r6
    smlad r7, r3, r10, r7
    smlad r8, r3, r11, r8
    smlad r9, r3, r12, r9
    .endr
    cmp r1, lr
    bne.w 1b
    pop.w {r0}
    stm.w r0, {r4-r9}
    pop.w {r4-r11, pc}
  )");
}

// Words of three rows in turn; one or more of each.
inline int32_t* interleave(const int8_t* const (&rows)[3], int32_t words, int32_t* lanes) {
  const int8_t* first = rows[0];
  const int8_t* second = rows[1];
  const int8_t* third = rows[2];
  asm volatile(
      "1:\n\tldr r4, [%1], #4\n\tldr r5, [%2], #4\n\tldr r6, [%3], #4\n\tsubs %4, %4, #1\n\t"
      "stmia %0!, {r4, r5, r6}\n\tbne 1b"
      : "+r"(lanes), "+r"(first), "+r"(second), "+r"(third), "+r"(words)
      :
      : "r4", "r5", "r6", "cc", "memory");
  return lanes;
}

#else

inline void run_int16_tile(const Int16Tile* tile) {
  const int32_t* lanes = tile->lanes;
  for (const int32_t* weights = tile->weights; weights != tile->weights_end; ++weights, lanes += 3) {
    for (int i = 0; i < 3; ++i) {
      tile->sums[i] = smlad(sxtb16(*weights), lanes[i], tile->sums[i]);
      tile->sums[3 + i] = smlad(sxtb16_ror8(*weights), lanes[i], tile->sums[3 + i]);
    }
  }
}

inline int32_t* interleave(const int8_t* const (&rows)[3], int32_t words, int32_t* lanes) {
  for (int32_t i = 0; i < words; ++i, lanes += 3) {
    for (int row = 0; row < 3; ++row) lanes[row] = load_word(rows[row] + 4 * i);
  }
  return lanes;
}

#endif

}  // namespace tmc::kernels::armv7em
