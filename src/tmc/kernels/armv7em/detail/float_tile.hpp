// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of the float products: windows of three pixels, or of one, by all output channels, four channels at a
// time. Weights lie in the order in which they are read: [blocks of four channels][groups of four inputs][4 inputs][4
// channels], filled up with zeros; as halves they are widened between loading and use.
//
// Of the 32 registers twelve hold sums, sixteen the weights of a group and four the inputs of a pixel: 52 instructions
// for 48 multiply-accumulates, 68 with halves. A single pixel takes eight inputs at a time: 35 for 32.

#include <stddef.h>

#include "tmc/base/float16.hpp"
#include "tmc/kernels/armv7em/detail/float_assembly.hpp"

namespace tmc::kernels::armv7em {

// The assembly reads the members by position.
struct FloatTile {
  const float* windows[3];  // of the pixels, each of 4 * groups inputs
  const void* weights;
  const float* bias;      // of all channels, filled up to blocks of four
  const float* bias_end;  // blocks of four further
  float* outputs[3];      // of the pixels; equal addresses get equal values
  int32_t groups;         // of four inputs
  FloatRange range;
};

#if TMC_ARMV7EM_ASSEMBLY
static_assert(offsetof(FloatTile, windows) == 0 && offsetof(FloatTile, weights) == 12 &&
              offsetof(FloatTile, bias) == 16 && offsetof(FloatTile, bias_end) == 20 &&
              offsetof(FloatTile, outputs) == 24 && offsetof(FloatTile, groups) == 36 &&
              offsetof(FloatTile, range) == 40);
#endif

constexpr int32_t float_groups(int32_t inputs) {
  return (inputs + 3) / 4;
}

#if TMC_ARMV7EM_FLOAT_ASSEMBLY

#define TMC_LOAD_FLOATS            \
  ".macro tmc_load_weights base\n" \
  "vldmia \\base!, {s12-s27}\n"    \
  ".endm\n"
// Two halves a register; every pair is widened into registers whose halves have been widened before.
#define TMC_LOAD_HALVES                                    \
  ".macro tmc_widen to, from\n"                            \
  "vcvtb.f32.f16 s\\to, s\\from\n"                         \
  ".endm\n"                                                \
  ".macro tmc_widen_top to, from\n"                        \
  "vcvtt.f32.f16 s\\to, s\\from\n"                         \
  ".endm\n"                                                \
  ".macro tmc_load_weights base\n"                         \
  "vldmia \\base!, {s20-s27}\n"                            \
  "tmc_pair = 0\n"                                         \
  ".rept 8\n"                                              \
  "tmc_widen %(12 + 2 * tmc_pair), %(20 + tmc_pair)\n"     \
  "tmc_widen_top %(13 + 2 * tmc_pair), %(20 + tmc_pair)\n" \
  "tmc_pair = tmc_pair + 1\n"                              \
  ".endr\n"                                                \
  ".endm\n"
#define TMC_LOAD_HALVES_END \
  ".purgem tmc_widen\n"     \
  ".purgem tmc_widen_top\n"

// r0-r2 windows, r3 weights, r4 r5 bias and its end, r6-r8 outputs, r9 loop turns, r10 count, r11 bytes of a window,
// r12 where the first turn enters, lr the tile. A turn takes two groups.
#define TMC_TILE_OF_THREE          \
  ".macro tmc_pixel window, sum\n" \
  "vldmia \\window!, {s28-s31}\n"  \
  "tmc_fma4 \\sum, 12, 28\n"       \
  "tmc_fma4 \\sum, 16, 29\n"       \
  "tmc_fma4 \\sum, 20, 30\n"       \
  "tmc_fma4 \\sum, 24, 31\n"       \
  ".endm\n"                        \
  ".macro tmc_group\n"             \
  "tmc_load_weights r3\n"          \
  "tmc_pixel r0, 0\n"              \
  "tmc_pixel r1, 4\n"              \
  "tmc_pixel r2, 8\n"              \
  ".endm\n"                        \
  "push.w {r4-r11, lr}\n"          \
  "vpush {d8-d15}\n"               \
  "mov lr, r0\n"                   \
  "ldm.w lr, {r0-r9}\n"            \
  "lsl r11, r9, #4\n"              \
  "adr.w r12, 2f\n"                \
  "tst r9, #1\n"                   \
  "it ne\n"                        \
  "addne.w r12, r12, #(3f - 2f)\n" \
  "orr r12, r12, #1\n"             \
  "add r9, r9, #1\n"               \
  "lsr r9, r9, #1\n"               \
  "1:\n"                           \
  "vldmia r4, {s0-s3}\n"           \
  "vldmia r4, {s4-s7}\n"           \
  "vldmia r4!, {s8-s11}\n"         \
  "mov r10, r9\n"                  \
  "bx r12\n"                       \
  ".balign 4\n"                    \
  "2:\n"                           \
  "tmc_group\n"                    \
  "3:\n"                           \
  "tmc_group\n"                    \
  "subs.w r10, r10, #1\n"          \
  "bne.w 2b\n"                     \
  "sub r0, r0, r11\n"              \
  "sub r1, r1, r11\n"              \
  "sub r2, r2, r11\n"              \
  "tmc_limit lr, 40, 12\n"         \
  "vstmia r6!, {s0-s3}\n"          \
  "vstmia r7!, {s4-s7}\n"          \
  "vstmia r8!, {s8-s11}\n"         \
  "cmp r4, r5\n"                   \
  "bne.w 1b\n"                     \
  "vpop {d8-d15}\n"                \
  "pop.w {r4-r11, pc}\n"           \
  ".purgem tmc_pixel\n"            \
  ".purgem tmc_group\n"            \
  ".purgem tmc_load_weights\n"

// r0 window, r3 weights, r4 r5 bias and its end, r6 output, r7 whether a group is left over, r9 loop turns, r10 count,
// r11 bytes of a window, r12 where the first turn enters, lr the tile. A turn takes two pairs of groups.
#define TMC_TILE_OF_ONE              \
  ".macro tmc_four_inputs first\n"   \
  "tmc_load_weights r3\n"            \
  "tmc_fma4 0, 12, \\first\n"        \
  "tmc_fma4 0, 16, %(\\first + 1)\n" \
  "tmc_fma4 0, 20, %(\\first + 2)\n" \
  "tmc_fma4 0, 24, %(\\first + 3)\n" \
  ".endm\n"                          \
  ".macro tmc_two_groups\n"          \
  "vldmia r0!, {s4-s11}\n"           \
  "tmc_four_inputs 4\n"              \
  "tmc_four_inputs 8\n"              \
  ".endm\n"                          \
  "push.w {r4-r11, lr}\n"            \
  "vpush {d8-d15}\n"                 \
  "mov lr, r0\n"                     \
  "ldm.w lr, {r0-r9}\n"              \
  "lsl r11, r9, #4\n"                \
  "and r7, r9, #1\n"                 \
  "lsrs r9, r9, #1\n"                \
  "adr.w r12, 4f\n"                  \
  "beq.w 5f\n"                       \
  "adr.w r12, 2f\n"                  \
  "tst r9, #1\n"                     \
  "beq.w 5f\n"                       \
  "adr.w r12, 3f\n"                  \
  "5:\n"                             \
  "orr r12, r12, #1\n"               \
  "add r9, r9, #1\n"                 \
  "lsr r9, r9, #1\n"                 \
  "1:\n"                             \
  "vldmia r4!, {s0-s3}\n"            \
  "mov r10, r9\n"                    \
  "bx r12\n"                         \
  ".balign 4\n"                      \
  "2:\n"                             \
  "tmc_two_groups\n"                 \
  ".balign 4\n"                      \
  "3:\n"                             \
  "tmc_two_groups\n"                 \
  "subs.w r10, r10, #1\n"            \
  "bne.w 2b\n"                       \
  ".balign 4\n"                      \
  "4:\n"                             \
  "cmp r7, #0\n"                     \
  "beq.w 6f\n"                       \
  "vldmia r0!, {s4-s7}\n"            \
  "tmc_four_inputs 4\n"              \
  "6:\n"                             \
  "sub r0, r0, r11\n"                \
  "tmc_limit lr, 40, 4\n"            \
  "vstmia r6!, {s0-s3}\n"            \
  "cmp r4, r5\n"                     \
  "bne.w 1b\n"                       \
  "vpop {d8-d15}\n"                  \
  "pop.w {r4-r11, pc}\n"             \
  ".purgem tmc_four_inputs\n"        \
  ".purgem tmc_two_groups\n"         \
  ".purgem tmc_load_weights\n"

[[gnu::naked, gnu::noinline]] inline void run_three_pixels(const FloatTile*) {
  asm volatile(TMC_FLOAT_MACROS TMC_LOAD_FLOATS TMC_TILE_OF_THREE TMC_FLOAT_MACROS_END);
}
[[gnu::naked, gnu::noinline]] inline void run_three_pixels_by_halves(const FloatTile*) {
  asm volatile(TMC_FLOAT_MACROS TMC_LOAD_HALVES TMC_TILE_OF_THREE TMC_LOAD_HALVES_END TMC_FLOAT_MACROS_END);
}
[[gnu::naked, gnu::noinline]] inline void run_one_pixel(const FloatTile*) {
  asm volatile(TMC_FLOAT_MACROS TMC_LOAD_FLOATS TMC_TILE_OF_ONE TMC_FLOAT_MACROS_END);
}
[[gnu::naked, gnu::noinline]] inline void run_one_pixel_by_halves(const FloatTile*) {
  asm volatile(TMC_FLOAT_MACROS TMC_LOAD_HALVES TMC_TILE_OF_ONE TMC_LOAD_HALVES_END TMC_FLOAT_MACROS_END);
}

#undef TMC_LOAD_FLOATS
#undef TMC_LOAD_HALVES
#undef TMC_LOAD_HALVES_END
#undef TMC_TILE_OF_THREE
#undef TMC_TILE_OF_ONE

#else

template <int kPixels, typename Weights>
inline void run_float_pixels(const FloatTile* tile, const Weights* weights, float (*widen)(Weights)) {
  int32_t channel = 0;
  for (const float* bias = tile->bias; bias != tile->bias_end; bias += 4, channel += 4) {
    float sums[kPixels][4];
    for (int pixel = 0; pixel < kPixels; ++pixel) __builtin_memcpy(sums[pixel], bias, sizeof sums[pixel]);
    for (int32_t i = 0; i < 4 * tile->groups; ++i, weights += 4) {
      for (int pixel = 0; pixel < kPixels; ++pixel) {
        for (int c = 0; c < 4; ++c) sums[pixel][c] += tile->windows[pixel][i] * widen(weights[c]);
      }
    }
    for (int pixel = 0; pixel < kPixels; ++pixel) {
      for (int c = 0; c < 4; ++c) tile->outputs[pixel][channel + c] = tile->range.limit(sums[pixel][c]);
    }
  }
}

inline float same_float(float value) {
  return value;
}
inline void run_three_pixels(const FloatTile* tile) {
  run_float_pixels<3>(tile, static_cast<const float*>(tile->weights), &same_float);
}
inline void run_three_pixels_by_halves(const FloatTile* tile) {
  run_float_pixels<3>(tile, static_cast<const uint16_t*>(tile->weights), &widen_f16);
}
inline void run_one_pixel(const FloatTile* tile) {
  run_float_pixels<1>(tile, static_cast<const float*>(tile->weights), &same_float);
}
inline void run_one_pixel_by_halves(const FloatTile* tile) {
  run_float_pixels<1>(tile, static_cast<const uint16_t*>(tile->weights), &widen_f16);
}

#endif

// The blocks of the tile for its first `pixels` pixels, one to three; those beyond must be copies of the last.
inline void run_float_blocks(const FloatTile& tile, int32_t pixels, int32_t half_weights) {
  if (pixels == 1) return half_weights ? run_one_pixel_by_halves(&tile) : run_one_pixel(&tile);
  half_weights ? run_three_pixels_by_halves(&tile) : run_three_pixels(&tile);
}

// All channels, the last block of which may be partial: that one goes through the stack. Leaves weights and bias as
// they are.
inline void run_float_tile(FloatTile& tile, int32_t channels, int32_t pixels, int32_t half_weights) {
  const int32_t whole = channels / 4 * 4;
  tile.bias_end = tile.bias + whole;
  if (whole > 0) run_float_blocks(tile, pixels, half_weights);
  if (whole == channels) return;
  float rest[3][4];
  float* outputs[3];
  for (int i = 0; i < 3; ++i) {
    outputs[i] = tile.outputs[i];
    tile.outputs[i] = rest[i];
  }
  const void* weights = tile.weights;
  const int64_t passed = int64_t{whole} * 4 * tile.groups * (half_weights ? 2 : 4);
  tile.weights = static_cast<const char*>(weights) + passed;
  tile.bias += whole;
  tile.bias_end = tile.bias + 4;
  run_float_blocks(tile, pixels, half_weights);
  tile.weights = weights;
  tile.bias -= whole;
  for (int32_t i = 0; i < pixels; ++i) {
    for (int32_t c = whole; c < channels; ++c) outputs[i][c] = rest[i][c - whole];
  }
}

}  // namespace tmc::kernels::armv7em
