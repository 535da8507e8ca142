// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of implementations whose weights or sums do not go into channel pairs (detail/pair_tile.hpp): four
// output channels over one row of widened inputs, every weight word widened on its way. Any weights, sums modulo 2^32.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/channel.hpp"

namespace tmc::kernels::armv7em {

// A channel with a bias of 32 bits.
struct WideChannel {
  int32_t bias_word;
  Requantization form;

  constexpr int32_t bias() const { return bias_word; }
  constexpr const Requantization& requantization() const { return form; }
};

constexpr int32_t steps_of_eight(int32_t inputs) {
  return (inputs + 7) / 8;
}

// The assembly reads the members by position.
struct SingleTile {
  const int32_t* activations;  // [steps][2 groups][2] lanes: inputs 0 and 2, then 1 and 3
  const int32_t* weights;      // [steps][2 groups][4 channels], four bytes in a word
  const int32_t* weights_end;
  int32_t* sums;  // of four channels, added to
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(SingleTile, activations) == 0 && offsetof(SingleTile, weights) == 4 &&
              offsetof(SingleTile, weights_end) == 8 && offsetof(SingleTile, sums) == 12);

// A weight word's bytes times the words of lanes r6 r7, added to a sum; takes r12 and the word.
#define TMC_SINGLE_STEP                \
  ".macro tmc_single_step word, sum\n" \
  "sxtb16 r12, \\word\n"               \
  "sxtb16 \\word, \\word, ror #8\n"    \
  "smlad \\sum, r12, r6, \\sum\n"      \
  "smlad \\sum, \\word, r7, \\sum\n"   \
  ".endm\n"

// r0 activations, r1 weights, r2-r5 weight words, r6 r7 activation words, r8-r11 sums, lr the weights' end.
[[gnu::naked, gnu::noinline]] inline void run_single_tile(const SingleTile*) {
  asm volatile(TMC_SINGLE_STEP R"(
    push.w {r4-r11, lr}
    ldm.w r0, {r0, r1, r2, r3}
    mov lr, r2
    push.w {r3}
    ldm.w r3, {r8, r9, r10, r11}
    .balign 4
  1:
    .rept 2
    ldm.w r1!, {r2, r3, r4, r5}
    ldrd r6, r7, [r0], #8
    tmc_single_step r2, r8
    tmc_single_step r3, r9
    tmc_single_step r4, r10
    tmc_single_step r5, r11
    .endr
    cmp r1, lr
    bne.w 1b
    pop.w {r0}
    stm.w r0, {r8, r9, r10, r11}
    pop.w {r4-r11, pc}
    .purgem tmc_single_step
  )");
}

#else

inline void run_single_tile(const SingleTile* tile) {
  const int32_t* activations = tile->activations;
  for (const int32_t* weights = tile->weights; weights != tile->weights_end; weights += 4, activations += 2) {
    for (int i = 0; i < 4; ++i) {
      tile->sums[i] = smlad(sxtb16(weights[i]), activations[0], tile->sums[i]);
      tile->sums[i] = smlad(sxtb16_ror8(weights[i]), activations[1], tile->sums[i]);
    }
  }
}

#endif

// Sums of blocks of four channels begin with their biases, get their part of every row of `steps` times eight inputs,
// of `all_steps` that the weights have, and become outputs.
template <typename AnyChannel>
void begin_sums(const AnyChannel* channels, int32_t blocks, int32_t* sums) {
  for (const int32_t* end = sums + 4 * blocks; sums != end; ++sums, ++channels) *sums = channels->bias();
}

inline void add_single_rows(const int32_t* activations, const int32_t* weights, int32_t steps, int32_t all_steps,
                            int32_t blocks, int32_t* sums) {
  for (const int32_t* end = sums + 4 * blocks; sums != end; sums += 4, weights += 8 * all_steps) {
    const SingleTile tile{activations, weights, weights + 8 * steps, sums};
    run_single_tile(&tile);
  }
}

template <typename AnyChannel>
void requantize_sums(const int32_t* sums, const AnyChannel* channels, int32_t count, int32_t zero_point,
                     int8_t* output) {
  for (const int8_t* end = output + count; output != end; ++output, ++sums, ++channels) {
    store_s8(requantized(*sums, channels->requantization(), zero_point), output);
  }
}

}  // namespace tmc::kernels::armv7em
