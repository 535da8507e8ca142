// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of the 3x3 depthwise convolution: strips of output over four channels, from planes of 16-bit pixels.
//
// A plane word holds two neighbouring pixels of one channel and one row. Two rows form a pair, whose words alternate:
// pair[2j] and pair[2j + 1] are pixels 2j and 2j + 1 of the upper and of the lower row. Row pairs of a plane follow
// each other, and a strip reads two: with stride 1 it makes two output rows, two columns at a time; with stride 2 one
// row. With stride 1 a single row may follow the strips, which reads the upper row only of its second pair. SMLAD takes
// two taps of a row at once, SMLABT and SMLATB the third.

#include "tmc/kernels/armv7em/detail/channel.hpp"

namespace tmc::kernels::armv7em {

// One channel as the loop reads it.
struct DepthwiseChannel {
  int32_t weights[6];  // for every row of the window {w0, w1} and {w1, w2}
  int32_t bias[4];     // equal
  Requantization requantization;
};

// The assembly reads the members by position.
struct DepthwiseStrips {
  const DepthwiseChannel* channels;  // four
  const int32_t* planes;             // the first channel's, from the first strip's upper row pair on
  int32_t plane_bytes;               // from one channel's plane to the next
  int8_t* output;                    // of the first strip and channel
  int32_t second_row;                // bytes from an output row to the next
  int32_t pixel_bytes;
  int32_t output_zero_point;
  int32_t columns;     // two or more
  int32_t count;       // strips, one or more, or none before a single row
  int32_t single_row;  // 1 where one follows the strips, otherwise 0
};

#if TMC_ARMV7EM_ASSEMBLY

// Frame: 0 bias x 4, 16 multiplier, 20 factor, 24 zero point, 28 second output, 32 output, 36 pixel bytes, 40 end of
// the strip's column pairs, 44 strips left, 48 bytes of column pairs, 52 odd column, 56 channel, 60 plane, 64 plane
// bytes, 68 channel's first output, 72 second row, 76 strips, 80 channels left, 84 from the end of an output row to the
// next strip's, 88 bytes of a row pair, 92 single row. r4-r9 weights, r12 and lr the row pairs, the rest sums and
// pixels. A word beyond the columns of a row pair the next one begins.
// clang-format off
#define TMC_DEPTHWISE_ENTER                                                                                      \
  "push.w {r4-r11, lr}\n sub sp, sp, #96\n ldm.w r0, {r1-r10}\n"                                                 \
  "strd r1, r2, [sp, #56]\n strd r3, r4, [sp, #64]\n strd r5, r9, [sp, #72]\n strd r7, r6, [sp, #24]\n"          \
  "str r6, [sp, #36]\n str r10, [sp, #92]\n mov r10, #4\n str r10, [sp, #80]\n and r10, r8, #1\n str r10, [sp, #52]\n"
#define TMC_DEPTHWISE_CHANNEL                                                                                    \
  "ldr r12, [sp, #56]\n ldm.w r12!, {r4-r9}\n ldm.w r12!, {r0-r3, r10, r11}\n stm.w sp, {r0-r3, r10, r11}\n"     \
  "str r12, [sp, #56]\n ldrd r0, r1, [sp, #68]\n add r1, r1, r0\n strd r1, r0, [sp, #28]\n add r0, r0, #1\n"     \
  "str r0, [sp, #68]\n ldrd r12, r2, [sp, #60]\n add r2, r2, r12\n str r2, [sp, #60]\n ldr lr, [sp, #88]\n"      \
  "add lr, lr, r12\n ldr r2, [sp, #76]\n str r2, [sp, #44]\n"
#define TMC_DEPTHWISE_STRIP "ldr r3, [sp, #48]\n add r3, r3, r12\n str r3, [sp, #40]\n"
#define TMC_DEPTHWISE_NEXT_STRIP                                                                                 \
  "add r12, r12, #8\n add lr, lr, #8\n ldrd r0, r1, [sp, #28]\n ldr r2, [sp, #84]\n add r0, r0, r2\n"            \
  "add r1, r1, r2\n strd r0, r1, [sp, #28]\n ldr r0, [sp, #44]\n subs r0, r0, #1\n str r0, [sp, #44]\n bne.w 5b\n"
#define TMC_DEPTHWISE_LEAVE                                                                                      \
  "ldr r0, [sp, #80]\n subs r0, r0, #1\n str r0, [sp, #80]\n bne.w 1b\n add sp, sp, #96\n pop.w {r4-r11, pc}\n"
// clang-format on

[[gnu::naked, gnu::noinline]] inline void run_depthwise_stride1(const DepthwiseStrips*) {
  asm volatile(TMC_DEPTHWISE_ENTER R"(
    lsr r8, r8, #1
    lsl r9, r8, #3
    str r9, [sp, #48]
    add r9, r9, r10, lsl #3
    add r9, r9, #8
    str r9, [sp, #88]
    mul r8, r8, r6
    add r8, r8, r8
    rsb r8, r8, r5, lsl #1
    str r8, [sp, #84]
  1:
  )" TMC_DEPTHWISE_CHANNEL R"(
    cmp r2, #0
    beq.w 6f
  5:
  )" TMC_DEPTHWISE_STRIP R"(
  2:
    ldm.w sp, {r0-r3}
    ldrd r10, r11, [r12], #8
    smlad r0, r4, r10, r0
    smlabt r1, r4, r10, r1
    smlad r0, r6, r11, r0
    smlabt r1, r6, r11, r1
    smlad r2, r4, r11, r2
    smlabt r3, r4, r11, r3
    ldrd r10, r11, [r12]
    smlatb r0, r5, r10, r0
    smlad r1, r5, r10, r1
    smlatb r0, r7, r11, r0
    smlad r1, r7, r11, r1
    smlatb r2, r5, r11, r2
    smlad r3, r5, r11, r3
    ldrd r10, r11, [lr], #8
    smlad r0, r8, r10, r0
    smlabt r1, r8, r10, r1
    smlad r2, r6, r10, r2
    smlabt r3, r6, r10, r3
    smlad r2, r8, r11, r2
    smlabt r3, r8, r11, r3
    ldrd r10, r11, [lr]
    smlatb r0, r9, r10, r0
    smlad r1, r9, r10, r1
    smlatb r2, r7, r10, r2
    smlad r3, r7, r10, r3
    smlatb r2, r9, r11, r2
    smlad r3, r9, r11, r3
    ldrd r10, r11, [sp, #16]
    smmlar r0, r0, r10, r0
    smmlar r1, r1, r10, r1
    smmlar r2, r2, r10, r2
    smmlar r3, r3, r10, r3
    ldr r10, [sp, #24]
    smmlar r0, r0, r11, r10
    smmlar r1, r1, r11, r10
    smmlar r2, r2, r11, r10
    smmlar r3, r3, r11, r10
    ssat r0, #8, r0
    ssat r1, #8, r1
    ssat r2, #8, r2
    ssat r3, #8, r3
    ldrd r10, r11, [sp, #28]
    strb r2, [r10]
    ldr r2, [sp, #36]
    strb r3, [r10, r2]
    strb r0, [r11]
    strb r1, [r11, r2]
    add r10, r10, r2, lsl #1
    add r11, r11, r2, lsl #1
    strd r10, r11, [sp, #28]
    ldr r10, [sp, #40]
    cmp r12, r10
    bne.w 2b
  3:
    ldr r10, [sp, #52]
    cmp r10, #0
    beq.w 4f
    ldr r0, [sp]
    mov r2, r0
    ldrd r10, r11, [r12], #8
    smlad r0, r4, r10, r0
    smlad r0, r6, r11, r0
    smlad r2, r4, r11, r2
    ldrd r10, r11, [r12]
    smlatb r0, r5, r10, r0
    smlatb r0, r7, r11, r0
    smlatb r2, r5, r11, r2
    ldrd r10, r11, [lr], #8
    smlad r0, r8, r10, r0
    smlad r2, r6, r10, r2
    smlad r2, r8, r11, r2
    ldrd r10, r11, [lr]
    smlatb r0, r9, r10, r0
    smlatb r2, r7, r10, r2
    smlatb r2, r9, r11, r2
    ldrd r10, r11, [sp, #16]
    smmlar r0, r0, r10, r0
    smmlar r2, r2, r10, r2
    ldr r10, [sp, #24]
    smmlar r0, r0, r11, r10
    smmlar r2, r2, r11, r10
    ssat r0, #8, r0
    ssat r2, #8, r2
    ldrd r10, r11, [sp, #28]
    strb r2, [r10]
    strb r0, [r11]
  4:
  )" TMC_DEPTHWISE_NEXT_STRIP R"(
  6:
    ldr r3, [sp, #92]
    cmp r3, #0
    beq.w 9f
  )" TMC_DEPTHWISE_STRIP R"(
    ldrd r2, r3, [sp, #32]
  7:
    ldrd r0, r1, [sp]
    ldrd r10, r11, [r12], #8
    smlad r0, r4, r10, r0
    smlabt r1, r4, r10, r1
    smlad r0, r6, r11, r0
    smlabt r1, r6, r11, r1
    ldrd r10, r11, [r12]
    smlatb r0, r5, r10, r0
    smlad r1, r5, r10, r1
    smlatb r0, r7, r11, r0
    smlad r1, r7, r11, r1
    ldr r10, [lr], #8
    ldr r11, [lr]
    smlad r0, r8, r10, r0
    smlabt r1, r8, r10, r1
    smlatb r0, r9, r11, r0
    smlad r1, r9, r11, r1
    ldrd r10, r11, [sp, #16]
    smmlar r0, r0, r10, r0
    smmlar r1, r1, r10, r1
    ldr r10, [sp, #24]
    smmlar r0, r0, r11, r10
    smmlar r1, r1, r11, r10
    ssat r0, #8, r0
    ssat r1, #8, r1
    strb r0, [r2]
    strb r1, [r2, r3]
    add r2, r2, r3, lsl #1
    ldr r10, [sp, #40]
    cmp r12, r10
    bne.w 7b
    ldr r10, [sp, #52]
    cmp r10, #0
    beq.w 9f
    ldr r0, [sp]
    ldrd r10, r11, [r12], #8
    smlad r0, r4, r10, r0
    smlad r0, r6, r11, r0
    ldrd r10, r11, [r12]
    smlatb r0, r5, r10, r0
    smlatb r0, r7, r11, r0
    ldr r10, [lr], #8
    ldr r11, [lr]
    smlad r0, r8, r10, r0
    smlatb r0, r9, r11, r0
    ldrd r10, r11, [sp, #16]
    smmlar r0, r0, r10, r0
    ldr r10, [sp, #24]
    smmlar r0, r0, r11, r10
    ssat r0, #8, r0
    strb r0, [r2]
  9:
  )" TMC_DEPTHWISE_LEAVE);
}

[[gnu::naked, gnu::noinline]] inline void run_depthwise_stride2(const DepthwiseStrips*) {
  asm volatile(TMC_DEPTHWISE_ENTER R"(
    lsr r8, r8, #1
    lsl r9, r8, #4
    str r9, [sp, #48]
    add r9, r9, r10, lsl #4
    add r9, r9, #8
    str r9, [sp, #88]
    mul r8, r8, r6
    sub r8, r5, r8, lsl #1
    str r8, [sp, #84]
  1:
  )" TMC_DEPTHWISE_CHANNEL R"(
  5:
  )" TMC_DEPTHWISE_STRIP R"(
  2:
    ldrd r0, r1, [sp]
    ldrd r2, r3, [r12], #8
    ldrd r10, r11, [r12], #8
    smlad r0, r4, r2, r0
    smlad r0, r6, r3, r0
    smlatb r0, r5, r10, r0
    smlatb r0, r7, r11, r0
    smlad r1, r4, r10, r1
    smlad r1, r6, r11, r1
    ldrd r2, r3, [r12]
    smlatb r1, r5, r2, r1
    smlatb r1, r7, r3, r1
    ldr r2, [lr], #8
    ldr r3, [lr], #8
    ldr r10, [lr]
    smlad r0, r8, r2, r0
    smlatb r0, r9, r3, r0
    smlad r1, r8, r3, r1
    smlatb r1, r9, r10, r1
    ldrd r2, r3, [sp, #16]
    smmlar r0, r0, r2, r0
    smmlar r1, r1, r2, r1
    ldr r10, [sp, #24]
    smmlar r0, r0, r3, r10
    smmlar r1, r1, r3, r10
    ssat r0, #8, r0
    ssat r1, #8, r1
    ldrd r2, r3, [sp, #32]
    strb r0, [r2]
    strb r1, [r2, r3]
    add r2, r2, r3, lsl #1
    str r2, [sp, #32]
    ldr r10, [sp, #40]
    cmp r12, r10
    bne.w 2b
  3:
    ldr r10, [sp, #52]
    cmp r10, #0
    beq.w 4f
    ldr r0, [sp]
    ldrd r2, r3, [r12], #8
    ldrd r10, r11, [r12], #8
    smlad r0, r4, r2, r0
    smlad r0, r6, r3, r0
    smlatb r0, r5, r10, r0
    smlatb r0, r7, r11, r0
    ldr r2, [lr], #8
    ldr r3, [lr], #8
    smlad r0, r8, r2, r0
    smlatb r0, r9, r3, r0
    ldrd r2, r3, [sp, #16]
    smmlar r0, r0, r2, r0
    ldr r10, [sp, #24]
    smmlar r0, r0, r3, r10
    ssat r0, #8, r0
    ldr r2, [sp, #32]
    strb r0, [r2]
  4:
  )" TMC_DEPTHWISE_NEXT_STRIP TMC_DEPTHWISE_LEAVE);
}

#undef TMC_DEPTHWISE_ENTER
#undef TMC_DEPTHWISE_CHANNEL
#undef TMC_DEPTHWISE_STRIP
#undef TMC_DEPTHWISE_NEXT_STRIP
#undef TMC_DEPTHWISE_LEAVE

#else

// Three taps of a row: pixels 0 and 1 in `first`, 2 in `second`; or pixels 1, 2 and 3, for the next column.
inline int32_t add_even_taps(const int32_t* weights, int32_t first, int32_t second, int32_t sum) {
  return smlatb(weights[1], second, smlad(weights[0], first, sum));
}
inline int32_t add_odd_taps(const int32_t* weights, int32_t first, int32_t second, int32_t sum) {
  return smlad(weights[1], second, smlabt(weights[0], first, sum));
}

// Calls make_column(channel, the strip's upper row pair, lower row pair, column, offset into the output, rows).
template <typename MakeColumn>
void for_every_column(const DepthwiseStrips& strips, int32_t pair_words, int32_t strip_bytes, MakeColumn make_column) {
  for (int32_t c = 0; c < 4; ++c) {
    const int32_t* upper = strips.planes + c * strips.plane_bytes / 4;
    for (int32_t i = 0; i < strips.count + strips.single_row; ++i, upper += pair_words) {
      for (int32_t x = 0; x < strips.columns; ++x) {
        make_column(strips.channels[c], upper, upper + pair_words, x, c + i * strip_bytes + x * strips.pixel_bytes,
                    i < strips.count ? 2 : 1);
      }
    }
  }
}

inline void run_depthwise_stride1(const DepthwiseStrips* strips) {
  const int32_t pair_words = 2 * ((strips->columns + 1) / 2 + 1);
  const auto make_column = [strips](const DepthwiseChannel& channel, const int32_t* upper, const int32_t* lower,
                                    int32_t x, int32_t offset, int32_t row_count) {
    const auto add_taps = x % 2 ? add_odd_taps : add_even_taps;
    const int32_t first = x / 2 * 2;
    const int32_t* rows[4] = {upper, upper + 1, lower, lower + 1};
    for (int32_t row = 0; row < row_count; ++row) {
      int32_t sum = channel.bias[0];
      for (int32_t ky = 0; ky < 3; ++ky) {
        const int32_t* words = rows[row + ky] + first;
        sum = add_taps(channel.weights + 2 * ky, words[0], words[2], sum);
      }
      strips->output[offset + row * strips->second_row] =
          requantize(sum, channel.requantization, strips->output_zero_point);
    }
  };
  for_every_column(*strips, pair_words, 2 * strips->second_row, make_column);
}

inline void run_depthwise_stride2(const DepthwiseStrips* strips) {
  const int32_t pair_words = 2 * ((strips->columns + 1) / 2 * 2 + 1);
  const auto make_column = [strips](const DepthwiseChannel& channel, const int32_t* upper, const int32_t* lower,
                                    int32_t x, int32_t offset, int32_t) {
    const int32_t* rows[3] = {upper, upper + 1, lower};
    int32_t sum = channel.bias[0];
    for (int32_t ky = 0; ky < 3; ++ky) {
      sum = add_even_taps(channel.weights + 2 * ky, rows[ky][2 * x], rows[ky][2 * x + 2], sum);
    }
    strips->output[offset] = requantize(sum, channel.requantization, strips->output_zero_point);
  };
  for_every_column(*strips, pair_words, strips->second_row, make_column);
}

#endif

}  // namespace tmc::kernels::armv7em
