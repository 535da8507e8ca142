// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Widens four channels of the input into the planes that detail/depthwise_rows.hpp reads.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/contract/conv2d_s8.hpp"

namespace tmc::kernels::armv7em {

// Pixel pairs of a plane's row: what an even number of output columns needs.
constexpr int32_t plane_columns(const Conv2dS8::Params& p) {
  return (p.output_w + 1) / 2 * p.stride_w + 1;
}

// The assembly reads the members by position.
struct PixelPairs {
  const int8_t* upper;  // first pixel of the upper row, at the first of four channels
  const int8_t* lower;
  int32_t pixel_bytes;
  int32_t plane_bytes;
  int32_t* planes;  // where the first channel's words go
  int32_t count;    // one or more
};

#if TMC_ARMV7EM_ASSEMBLY

[[gnu::naked, gnu::noinline]] inline void widen_pixel_pairs(const PixelPairs*) {
  asm volatile(R"(
    push.w {r4-r11, lr}
    ldm.w r0, {r0-r5}
    mov lr, r5
    add r5, r4, r3
    add r6, r5, r3
    add r7, r6, r3
  1:
    ldr r8, [r0]
    ldr r9, [r0, r2]
    add r0, r0, r2, lsl #1
    ldr r10, [r1]
    ldr r11, [r1, r2]
    add r1, r1, r2, lsl #1
    pkhbt r3, r8, r9, lsl #16
    pkhtb r9, r9, r8, asr #16
    pkhbt r12, r10, r11, lsl #16
    pkhtb r11, r11, r10, asr #16
    sxtb16 r8, r3
    sxtb16 r10, r12
    strd r8, r10, [r4], #8
    sxtb16 r8, r3, ror #8
    sxtb16 r10, r12, ror #8
    strd r8, r10, [r5], #8
    sxtb16 r8, r9
    sxtb16 r10, r11
    strd r8, r10, [r6], #8
    sxtb16 r8, r9, ror #8
    sxtb16 r10, r11, ror #8
    strd r8, r10, [r7], #8
    subs lr, lr, #1
    bne.w 1b
    pop.w {r4-r11, pc}
  )");
}

#endif

// Two pixels of each row.
inline void widen_pixel_pair(int32_t upper0, int32_t upper1, int32_t lower0, int32_t lower1, int32_t plane_words,
                             int32_t* to) {
  const int32_t upper_low = pack_bottoms(upper0, upper1);
  const int32_t lower_low = pack_bottoms(lower0, lower1);
  to[0] = sxtb16(upper_low);
  to[1] = sxtb16(lower_low);
  to[plane_words] = sxtb16_ror8(upper_low);
  to[plane_words + 1] = sxtb16_ror8(lower_low);
  to += 2 * plane_words;
  const int32_t upper_high = pack_tops(upper0, upper1);
  const int32_t lower_high = pack_tops(lower0, lower1);
  to[0] = sxtb16(upper_high);
  to[1] = sxtb16(lower_high);
  to[plane_words] = sxtb16_ror8(upper_high);
  to[plane_words + 1] = sxtb16_ror8(lower_high);
}

#if !TMC_ARMV7EM_ASSEMBLY

inline void widen_pixel_pairs(const PixelPairs* pairs) {
  for (int32_t j = 0; j < pairs->count; ++j) {
    const int8_t* upper = pairs->upper + 2 * j * pairs->pixel_bytes;
    const int8_t* lower = pairs->lower + 2 * j * pairs->pixel_bytes;
    widen_pixel_pair(load_word(upper), load_word(upper + pairs->pixel_bytes), load_word(lower),
                     load_word(lower + pairs->pixel_bytes), pairs->plane_bytes / 4, pairs->planes + 2 * j);
  }
}

#endif

// Pairs [begin, end) of two rows, where a null row and columns outside the input are zero points. With constant Params
// and rows that are there nothing is left to decide but loads.
inline void widen_edge(const Conv2dS8::Params& p, const int8_t* upper, const int8_t* lower, int32_t begin, int32_t end,
                       int32_t plane_words, int32_t* to) {
  const auto zero_points = static_cast<int32_t>(static_cast<uint8_t>(p.input_zero_point) * 0x01010101U);
  const auto pixel = [&](const int8_t* row, int32_t x) {
    return row && x >= 0 && x < p.input_w ? load_word(row + x * p.input_c) : zero_points;
  };
  for (int32_t j = begin; j < end; ++j) {
    const int32_t x = 2 * j - p.pad_left;
    widen_pixel_pair(pixel(upper, x), pixel(upper, x + 1), pixel(lower, x), pixel(lower, x + 1), plane_words,
                     to + 2 * j);
  }
}

// Rows y and y + 1 of the input, either of which may lie outside, as one row pair. `input` is at the first of the four
// channels.
inline void widen_row_pair(const Conv2dS8::Params& p, const int8_t* input, int32_t y, int32_t plane_words,
                           int32_t* to) {
  const int32_t row_bytes = p.input_w * p.input_c;
  const int8_t* upper = input + y * row_bytes;
  const int8_t* lower = upper + row_bytes;
  const int32_t columns = plane_columns(p);
  if (y < 0 || y + 1 >= p.input_h) {
    const bool upper_inside = y >= 0 && y < p.input_h;
    const bool lower_inside = y + 1 >= 0 && y + 1 < p.input_h;
    return widen_edge(p, upper_inside ? upper : nullptr, lower_inside ? lower : nullptr, 0, columns, plane_words, to);
  }
  // Pairs [first, last) read inside the input only.
  const int32_t first = (p.pad_left + 1) / 2 < columns ? (p.pad_left + 1) / 2 : columns;
  const int32_t end = (p.input_w + p.pad_left) / 2;
  const int32_t last = end < first ? first : end < columns ? end : columns;
  widen_edge(p, upper, lower, 0, first, plane_words, to);
  if (first < last) {
    const int32_t offset = (2 * first - p.pad_left) * p.input_c;
    const PixelPairs pairs{upper + offset, lower + offset, p.input_c, 4 * plane_words, to + 2 * first, last - first};
    widen_pixel_pairs(&pairs);
  }
  widen_edge(p, upper, lower, last, columns, plane_words, to);
}

}  // namespace tmc::kernels::armv7em
