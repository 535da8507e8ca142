// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loops of the float depthwise convolution: one pixel, or four neighbours of a row, by all channels, four
// channels at a time. Weights lie as [blocks of four channels][rows][taps of a row][4 channels].
//
// Four pixels of a window three taps wide keep sixteen sums; the twelve weights of a row are loaded once, every column
// of the input once: 61 instructions for the 48 multiply-accumulates of a row, 67 with a stride of two.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/float_assembly.hpp"

namespace tmc::kernels::armv7em {

// Steps are in bytes. The assembly reads the members by position.
struct FloatTaps {
  const float* input;    // of the first pixel: its first tap
  const float* weights;  // of that tap
  const float* bias;
  const float* bias_end;  // blocks of four further
  float* output;          // of the first pixel
  int32_t column_step;    // from a tap to the next of its row
  int32_t row_step;       // from after the last column of a row to the first of the next
  int32_t rows;           // at least one
  int32_t weights_step;   // from after the last row of a block to the first tap of the next
  int32_t block_step;     // from after the last row to the first tap of the next block
  int32_t output_step;    // from a pixel to the next, of the output
  // Of a single pixel: taps of a row, at least one, and from after its weights to the first of the next row.
  int32_t taps, weights_row_step;
  FloatRange range;
};

#if TMC_ARMV7EM_ASSEMBLY
static_assert(offsetof(FloatTaps, input) == 0 && offsetof(FloatTaps, weights) == 4 && offsetof(FloatTaps, bias) == 8 &&
              offsetof(FloatTaps, bias_end) == 12 && offsetof(FloatTaps, output) == 16 &&
              offsetof(FloatTaps, column_step) == 20 && offsetof(FloatTaps, row_step) == 24 &&
              offsetof(FloatTaps, rows) == 28 && offsetof(FloatTaps, weights_step) == 32 &&
              offsetof(FloatTaps, block_step) == 36 && offsetof(FloatTaps, output_step) == 40 &&
              offsetof(FloatTaps, taps) == 44 && offsetof(FloatTaps, weights_row_step) == 48 &&
              offsetof(FloatTaps, range) == 52);
#endif

#if TMC_ARMV7EM_FLOAT_ASSEMBLY

// tmc_tap pixel, tap: the weights of a tap are s16-s19, s20-s23 and s24-s27, a column is s28-s31.
#define TMC_TAP_MACROS                                  \
  ".macro tmc_tap pixel, tap\n"                         \
  "tmc_fma %(4 * \\pixel), %(16 + 4 * \\tap), 28\n"     \
  "tmc_fma %(4 * \\pixel + 1), %(17 + 4 * \\tap), 29\n" \
  "tmc_fma %(4 * \\pixel + 2), %(18 + 4 * \\tap), 30\n" \
  "tmc_fma %(4 * \\pixel + 3), %(19 + 4 * \\tap), 31\n" \
  ".endm\n"                                             \
  ".macro tmc_column\n"                                 \
  "vldmia r0, {s28-s31}\n"                              \
  "add r0, r0, r5\n"                                    \
  ".endm\n"

// r0 input, r1 weights, r2 r3 bias and its end, r4 output, r5-r9 the steps and rows, r10 count, r11 output of a pixel,
// r12 step of the output, lr the taps.
#define TMC_FOUR_PIXELS_OPEN \
  "push.w {r4-r11, lr}\n"    \
  "vpush {d8-d15}\n"         \
  "mov lr, r0\n"             \
  "ldm.w lr, {r0-r9}\n"      \
  "ldr.w r12, [lr, #40]\n"   \
  "1:\n"                     \
  "vldmia r2, {s0-s3}\n"     \
  "vldmia r2, {s4-s7}\n"     \
  "vldmia r2, {s8-s11}\n"    \
  "vldmia r2!, {s12-s15}\n"  \
  "mov r10, r7\n"            \
  "2:\n"                     \
  "vldmia r1!, {s16-s27}\n"
#define TMC_FOUR_PIXELS_CLOSE \
  "add r0, r0, r6\n"          \
  "subs.w r10, r10, #1\n"     \
  "bne.w 2b\n"                \
  "tmc_limit lr, 52, 16\n"    \
  "add r11, r4, r12\n"        \
  "vstmia r4!, {s0-s3}\n"     \
  "vstmia r11, {s4-s7}\n"     \
  "add r11, r11, r12\n"       \
  "vstmia r11, {s8-s11}\n"    \
  "add r11, r11, r12\n"       \
  "vstmia r11, {s12-s15}\n"   \
  "add r1, r1, r8\n"          \
  "add r0, r0, r9\n"          \
  "cmp r2, r3\n"              \
  "bne.w 1b\n"                \
  "vpop {d8-d15}\n"           \
  "pop.w {r4-r11, pc}\n"      \
  ".purgem tmc_tap\n"         \
  ".purgem tmc_column\n"
#define TMC_ROW_OF_STRIDE_ONE \
  "tmc_column\n"              \
  "tmc_tap 0, 0\n"            \
  "tmc_column\n"              \
  "tmc_tap 0, 1\n"            \
  "tmc_tap 1, 0\n"            \
  "tmc_column\n"              \
  "tmc_tap 0, 2\n"            \
  "tmc_tap 1, 1\n"            \
  "tmc_tap 2, 0\n"            \
  "tmc_column\n"              \
  "tmc_tap 1, 2\n"            \
  "tmc_tap 2, 1\n"            \
  "tmc_tap 3, 0\n"            \
  "tmc_column\n"              \
  "tmc_tap 2, 2\n"            \
  "tmc_tap 3, 1\n"            \
  "tmc_column\n"              \
  "tmc_tap 3, 2\n"
#define TMC_ROW_OF_STRIDE_TWO \
  "tmc_column\n"              \
  "tmc_tap 0, 0\n"            \
  "tmc_column\n"              \
  "tmc_tap 0, 1\n"            \
  "tmc_column\n"              \
  "tmc_tap 0, 2\n"            \
  "tmc_tap 1, 0\n"            \
  "tmc_column\n"              \
  "tmc_tap 1, 1\n"            \
  "tmc_column\n"              \
  "tmc_tap 1, 2\n"            \
  "tmc_tap 2, 0\n"            \
  "tmc_column\n"              \
  "tmc_tap 2, 1\n"            \
  "tmc_column\n"              \
  "tmc_tap 2, 2\n"            \
  "tmc_tap 3, 0\n"            \
  "tmc_column\n"              \
  "tmc_tap 3, 1\n"            \
  "tmc_column\n"              \
  "tmc_tap 3, 2\n"

[[gnu::naked, gnu::noinline]] inline void run_four_pixels_of_stride_one(const FloatTaps*) {
  asm volatile(TMC_FLOAT_MACROS TMC_TAP_MACROS TMC_FOUR_PIXELS_OPEN TMC_ROW_OF_STRIDE_ONE TMC_FOUR_PIXELS_CLOSE
                   TMC_FLOAT_MACROS_END);
}
[[gnu::naked, gnu::noinline]] inline void run_four_pixels_of_stride_two(const FloatTaps*) {
  asm volatile(TMC_FLOAT_MACROS TMC_TAP_MACROS TMC_FOUR_PIXELS_OPEN TMC_ROW_OF_STRIDE_TWO TMC_FOUR_PIXELS_CLOSE
                   TMC_FLOAT_MACROS_END);
}

#undef TMC_TAP_MACROS
#undef TMC_FOUR_PIXELS_OPEN
#undef TMC_FOUR_PIXELS_CLOSE
#undef TMC_ROW_OF_STRIDE_ONE
#undef TMC_ROW_OF_STRIDE_TWO

// Registers as for four pixels, but r11 counts taps and r12 is the step of the weights.
[[gnu::naked, gnu::noinline]] inline void run_pixel_of_taps(const FloatTaps*) {
  asm volatile(TMC_FLOAT_MACROS R"(
    push.w {r4-r11, lr}
    mov lr, r0
    ldm.w lr, {r0-r9}
    ldr.w r12, [lr, #48]
  1:
    vldmia r2!, {s0-s3}
    mov r10, r7
  2:
    ldr.w r11, [lr, #44]
  3:
    vldmia r0, {s4-s7}
    vldmia r1!, {s8-s11}
    add r0, r0, r5
    vfma.f32 s0, s4, s8
    vfma.f32 s1, s5, s9
    vfma.f32 s2, s6, s10
    vfma.f32 s3, s7, s11
    subs.w r11, r11, #1
    bne.n 3b
    add r0, r0, r6
    add r1, r1, r12
    subs.w r10, r10, #1
    bne.n 2b
    vmov.f32 s15, s28
    tmc_limit lr, 52, 4
    vmov.f32 s28, s15
    vstmia r4!, {s0-s3}
    add r1, r1, r8
    add r0, r0, r9
    cmp r2, r3
    bne.n 1b
    pop.w {r4-r11, pc}
  )" TMC_FLOAT_MACROS_END);
}

#else

inline const float* float_at(const float* from, int64_t bytes) {
  return reinterpret_cast<const float*>(reinterpret_cast<const char*>(from) + bytes);
}

// Pixels side by side, `stride` columns apart, by windows of `taps` columns.
inline void run_taps(const FloatTaps& t, int32_t pixels, int32_t stride, int32_t taps, int32_t weights_row_step) {
  const int64_t row_bytes = int64_t{(pixels - 1) * stride + taps} * t.column_step + t.row_step;
  const float* input = t.input;
  const float* weights = t.weights;
  int32_t channel = 0;
  for (const float* bias = t.bias; bias != t.bias_end; bias += 4, channel += 4) {
    for (int32_t pixel = 0; pixel < pixels; ++pixel) {
      float* output = t.output + int64_t{pixel} * t.output_step / int64_t{sizeof(float)} + channel;
      for (int32_t c = 0; c < 4; ++c) {
        float sum = bias[c];
        const float* tap = weights + c;
        for (int32_t row = 0; row < t.rows; ++row, tap = float_at(tap, weights_row_step)) {
          const float* column = float_at(input + c, row * row_bytes + int64_t{pixel} * stride * t.column_step);
          for (int32_t i = 0; i < taps; ++i, tap += 4) sum += *float_at(column, int64_t{i} * t.column_step) * *tap;
        }
        output[c] = t.range.limit(sum);
      }
    }
    weights = float_at(weights, t.rows * (int64_t{16} * taps + weights_row_step) + t.weights_step);
    input = float_at(input, t.rows * row_bytes + t.block_step);
  }
}

inline void run_four_pixels_of_stride_one(const FloatTaps* taps) {
  run_taps(*taps, 4, 1, 3, 0);
}
inline void run_four_pixels_of_stride_two(const FloatTaps* taps) {
  run_taps(*taps, 4, 2, 3, 0);
}
inline void run_pixel_of_taps(const FloatTaps* taps) {
  run_taps(*taps, 1, 1, taps->taps, taps->weights_row_step);
}

#endif

}  // namespace tmc::kernels::armv7em
