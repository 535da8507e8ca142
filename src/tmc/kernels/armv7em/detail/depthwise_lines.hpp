// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of depthwise convolution with any window: one row of outputs of one channel, four outputs at a time.
//
// The input is a plane of 16-bit pixel pairs, pair j of a row holding columns 2j and 2j + 1. Two neighbouring outputs
// read the same `pairs` pairs of every row of the window: each pair meets a word of weights for the first output and
// one for the second, whose weights stand one stride further on; what a window does not reach has weights of zero. So
// any stride and dilation takes two SMLAD for a pair, with the weights loaded once for four outputs.

#include "tmc/kernels/armv7em/detail/channel.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kMostLinePairs = 8;

// The assembly reads the members by position.
struct DepthwiseLine {
  const int32_t* plane;    // first row of the first window
  const int32_t* weights;  // [rows][pairs][2 outputs]
  int32_t bias;
  int32_t step_bytes;  // in the plane, from two outputs to the next two
  int32_t row_gap;     // bytes from the end of a row's pairs to the next row of the window
  int32_t rows;        // of the window
  int32_t pairs;       // of a row, at most kMostLinePairs
  int8_t* output;
  int32_t output_step;  // bytes from output to output
  int32_t tiles;        // of four outputs, one or more
  Requantization requantization;
  int32_t zero_point;
};

#if TMC_ARMV7EM_ASSEMBLY

// r0 plane, r1 weights, r2 r3 weight words, r4 r5 pixel pairs, r6-r9 sums, r10 step, r11 gap, r12 rows, lr where a row
// begins in the eight steps of 28 bytes. The line stands on the stack, its plane, output and tiles going forward.
[[gnu::naked, gnu::noinline]] inline void run_depthwise_line(const DepthwiseLine*) {
  asm volatile(R"(
    push.w {r4-r11, lr}
    sub sp, sp, #52
    ldm.w r0!, {r1-r8}
    stm.w sp, {r1-r8}
    mov r11, #28
    rsb r10, r7, #8
    mul r10, r10, r11
    adr.w r11, 2f
    add lr, r10, r11
    add lr, lr, #1
    ldm.w r0, {r1-r5}
    add r0, sp, #32
    stm.w r0, {r1-r5}
    mov r0, sp
  1:
    ldm.w r0, {r0, r1, r6, r10, r11, r12}
    mov r7, r6
    mov r8, r6
    mov r9, r6
  4:
    bx lr
    .balign 4
  2:
    .rept 8
    ldr.w r5, [r0, r10]
    ldr.w r4, [r0], #4
    ldrd r2, r3, [r1], #8
    smlad r6, r2, r4, r6
    smlad r7, r3, r4, r7
    smlad r8, r2, r5, r8
    smlad r9, r3, r5, r9
    .endr
    add r0, r0, r11
    subs.w r12, r12, #1
    bne.n 4b
    ldr r0, [sp]
    add r0, r0, r10, lsl #1
    str r0, [sp]
    ldr r12, [sp, #28]
    add r0, sp, #32
    ldm.w r0, {r0-r4}
    smmlar r6, r6, r2, r6
    smmlar r7, r7, r2, r7
    smmlar r8, r8, r2, r8
    smmlar r9, r9, r2, r9
    smmlar r6, r6, r3, r4
    smmlar r7, r7, r3, r4
    smmlar r8, r8, r3, r4
    smmlar r9, r9, r3, r4
    ssat r6, #8, r6
    ssat r7, #8, r7
    ssat r8, #8, r8
    ssat r9, #8, r9
    strb.w r6, [r12]
    strb.w r7, [r12, r0]
    add r12, r12, r0, lsl #1
    strb.w r8, [r12]
    strb.w r9, [r12, r0]
    add r12, r12, r0, lsl #1
    str.w r12, [sp, #28]
    subs r1, r1, #1
    str r1, [sp, #36]
    mov r0, sp
    bne.w 1b
    add sp, sp, #52
    pop.w {r4-r11, pc}
  )");
}

#else

inline void run_depthwise_line(const DepthwiseLine* line) {
  const auto* plane = reinterpret_cast<const char*>(line->plane);
  int8_t* output = line->output;
  for (int32_t tile = 0; tile < line->tiles; ++tile, plane += 2 * line->step_bytes) {
    int32_t sums[4] = {line->bias, line->bias, line->bias, line->bias};
    const int32_t* weights = line->weights;
    const char* row = plane;
    for (int32_t y = 0; y < line->rows; ++y, row += line->row_gap) {
      for (int32_t pair = 0; pair < line->pairs; ++pair, row += 4, weights += 2) {
        const int32_t first = load_word(row);
        const int32_t second = load_word(row + line->step_bytes);
        sums[0] = smlad(weights[0], first, sums[0]);
        sums[1] = smlad(weights[1], first, sums[1]);
        sums[2] = smlad(weights[0], second, sums[2]);
        sums[3] = smlad(weights[1], second, sums[3]);
      }
    }
    for (const int32_t sum : sums) {
      *output = requantize(sum, line->requantization, line->zero_point);
      output += line->output_step;
    }
  }
}

#endif

}  // namespace tmc::kernels::armv7em
