// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of depthwise convolution with any window: one row of outputs of one channel, four outputs at a time.
//
// The input is a plane of 16-bit pixel pairs, pair j of a row holding columns 2j and 2j + 1. Two neighbouring outputs
// read the same `pairs` pairs of every row of the window: each pair meets a word of weights for the first output and
// one for the second, whose weights stand one stride further on; what a window does not reach has weights of zero. So
// any stride and dilation takes two SMLAD for a pair, with the weights loaded once for four outputs.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/channel.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"

namespace tmc::kernels::armv7em {

inline constexpr int32_t kMostLinePairs = 8;

// The assembly reads the members by position. The requantisation is in the short form or in the long one.
template <typename Form>
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
  Form requantization;
  int32_t zero_point;
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(
    offsetof(DepthwiseLine<Requantization>, plane) == 0 && offsetof(DepthwiseLine<Requantization>, weights) == 4 &&
    offsetof(DepthwiseLine<Requantization>, bias) == 8 && offsetof(DepthwiseLine<Requantization>, step_bytes) == 12 &&
    offsetof(DepthwiseLine<Requantization>, row_gap) == 16 && offsetof(DepthwiseLine<Requantization>, rows) == 20 &&
    offsetof(DepthwiseLine<Requantization>, pairs) == 24 && offsetof(DepthwiseLine<Requantization>, output) == 28 &&
    offsetof(DepthwiseLine<Requantization>, output_step) == 32 &&
    offsetof(DepthwiseLine<Requantization>, tiles) == 36 &&
    offsetof(DepthwiseLine<Requantization>, requantization) == 40);

// r0 plane, r1 weights, r2 r3 weight words, r4 r5 pixel pairs, r6-r9 sums, r10 step, r11 gap, r12 rows, lr where a row
// begins in the eight steps of 28 bytes. The line stands on the stack, its plane, output and tiles going forward.
// The members after the first eight stand from [32] on; they end in r4 or, in the long form, in r5.
// clang-format off
#define TMC_DEPTHWISE_LINE(FRAME, LAST, LOADED, REQUANTIZE)                                                          \
  "push.w {r4-r11, lr}\n sub sp, sp, #" FRAME "\n ldm.w r0!, {r1-r8}\n stm.w sp, {r1-r8}\n"                          \
  "mov r11, #28\n rsb r10, r7, #8\n mul r10, r10, r11\n adr.w r11, 2f\n add lr, r10, r11\n"                          \
  "add lr, lr, #1\n ldm.w r0, {r1-" LAST "}\n add r0, sp, #32\n stm.w r0, {r1-" LAST "}\n mov r0, sp\n"              \
  "1:\n ldm.w r0, {r0, r1, r6, r10, r11, r12}\n mov r7, r6\n mov r8, r6\n mov r9, r6\n 4:\n bx lr\n"                 \
  ".balign 4\n 2:\n .rept 8\n ldr.w r5, [r0, r10]\n ldr.w r4, [r0], #4\n ldrd r2, r3, [r1], #8\n"                    \
  "smlad r6, r2, r4, r6\n smlad r7, r3, r4, r7\n smlad r8, r2, r5, r8\n smlad r9, r3, r5, r9\n .endr\n"              \
  "add r0, r0, r11\n subs.w r12, r12, #1\n bne.n 4b\n ldr r0, [sp]\n add r0, r0, r10, lsl #1\n"                      \
  "str r0, [sp]\n ldr r12, [sp, #28]\n add r0, sp, #32\n ldm.w r0, {r0-" LOADED "}\n"                                \
  REQUANTIZE                                                                                                         \
  "ssat r6, #8, r6\n ssat r7, #8, r7\n ssat r8, #8, r8\n ssat r9, #8, r9\n strb.w r6, [r12]\n"                       \
  "strb.w r7, [r12, r0]\n add r12, r12, r0, lsl #1\n strb.w r8, [r12]\n strb.w r9, [r12, r0]\n"                      \
  "add r12, r12, r0, lsl #1\n str.w r12, [sp, #28]\n subs r1, r1, #1\n str r1, [sp, #36]\n"                          \
  "mov r0, sp\n bne.w 1b\n add sp, sp, #" FRAME "\n pop.w {r4-r11, pc}\n"
#define TMC_DEPTHWISE_LINE_SHORT                                                                                     \
  "smmlar r6, r6, r2, r6\n smmlar r7, r7, r2, r7\n smmlar r8, r8, r2, r8\n smmlar r9, r9, r2, r9\n"                  \
  "smmlar r6, r6, r3, r4\n smmlar r7, r7, r3, r4\n smmlar r8, r8, r3, r4\n smmlar r9, r9, r3, r4\n"
#define TMC_DEPTHWISE_LINE_LONG                                                                                      \
  "lsrs.w r10, r2, #31\n beq.w 10f\n smmlar r6, r6, r2, r6\n smmlar r7, r7, r2, r7\n"                                \
  "smmlar r8, r8, r2, r8\n smmlar r9, r9, r2, r9\n smmla r6, r6, r10, r6\n smmla r7, r7, r10, r7\n"                  \
  "smmla r8, r8, r10, r8\n smmla r9, r9, r10, r9\n 10:\n mla r11, r6, r3, r5\n"                                      \
  "smmlar r6, r6, r4, r11\n mla r11, r7, r3, r5\n smmlar r7, r7, r4, r11\n mla r11, r8, r3, r5\n"                    \
  "smmlar r8, r8, r4, r11\n mla r11, r9, r3, r5\n smmlar r9, r9, r4, r11\n"
// clang-format on

[[gnu::naked, gnu::noinline]] inline void run_depthwise_line(const DepthwiseLine<Requantization>*) {
  asm volatile(TMC_DEPTHWISE_LINE("52", "r5", "r4", TMC_DEPTHWISE_LINE_SHORT));
}
[[gnu::naked, gnu::noinline]] inline void run_depthwise_line(const DepthwiseLine<LongRequantization>*) {
  asm volatile(TMC_DEPTHWISE_LINE("56", "r6", "r5", TMC_DEPTHWISE_LINE_LONG));
}

#undef TMC_DEPTHWISE_LINE
#undef TMC_DEPTHWISE_LINE_SHORT
#undef TMC_DEPTHWISE_LINE_LONG

#else

template <typename Form>
void run_depthwise_line(const DepthwiseLine<Form>* line) {
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
