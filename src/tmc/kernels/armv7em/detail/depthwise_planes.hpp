// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Widens four channels of the input into the planes that detail/depthwise_rows.hpp reads.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

// Rows and columns as the strips see them: those of the image, or its columns and rows.
struct DepthwiseView {
  int32_t input_h, input_w;
  int32_t output_h, output_w;
  int32_t pad_top, pad_left;  // 0 or 1
  int32_t stride;
};

// Pixel pairs of a plane's row: what an even number of output columns needs.
constexpr int32_t plane_columns(const DepthwiseView& view) {
  return (view.output_w + 1) / 2 * view.stride + 1;
}

// Two rows of four channels, as pairs of pixels: first `left_half`, the pixel before the row and the row's first, then
// `inside`, then `right_half`, the row's last pixel and the one after it. The assembly reads the members by position.
struct PixelPairs {
  const int8_t* upper;  // first pixel of the upper row, at the first of four channels
  const int8_t* lower;
  int32_t upper_step;  // bytes from pixel to pixel; 0 where one word stands for all of a row
  int32_t lower_step;
  int32_t* planes;      // where the first channel's words go
  int32_t zero_points;  // what lies outside
  int32_t right_half;   // 0 or 1
  int32_t left_half;    // 0 or 1
  int32_t plane_bytes;
  int32_t inside;
};

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(PixelPairs, upper) == 0 && offsetof(PixelPairs, lower) == 4 &&
              offsetof(PixelPairs, upper_step) == 8 && offsetof(PixelPairs, lower_step) == 12 &&
              offsetof(PixelPairs, planes) == 16 && offsetof(PixelPairs, zero_points) == 20 &&
              offsetof(PixelPairs, right_half) == 24 && offsetof(PixelPairs, left_half) == 28 &&
              offsetof(PixelPairs, plane_bytes) == 32 && offsetof(PixelPairs, inside) == 36);

// r0 and r1 rows, r2 and r3 their steps, r4-r7 planes, lr pairs left, -1 after the right half, the rest pixels.
[[gnu::naked, gnu::noinline]] inline void widen_pixel_pairs(const PixelPairs*) {
  asm volatile(R"(
    push.w {r0, r4-r11, lr}
    ldm.w r0, {r0-r4, r8-r10, r12, lr}
    add r5, r4, r12
    add r6, r5, r12
    add r7, r6, r12
    cmp r10, #0
    beq.w 3f
    add lr, lr, #1
    ldr r9, [r0]
    add r0, r0, r2
    mov r10, r8
    ldr r11, [r1]
    add r1, r1, r3
    b.w 2f
  1:
    ldr r8, [r0]
    ldr r9, [r0, r2]
    add r0, r0, r2, lsl #1
    ldr r10, [r1]
    ldr r11, [r1, r3]
    add r1, r1, r3, lsl #1
  2:
    pkhbt r12, r8, r9, lsl #16
    pkhtb r9, r9, r8, asr #16
    pkhbt r8, r10, r11, lsl #16
    pkhtb r11, r11, r10, asr #16
    sxtb16 r10, r12
    str r10, [r4], #4
    sxtb16 r10, r8
    str r10, [r4], #4
    sxtb16 r12, r12, ror #8
    sxtb16 r8, r8, ror #8
    strd r12, r8, [r5], #8
    sxtb16 r12, r9
    sxtb16 r8, r11
    strd r12, r8, [r6], #8
    sxtb16 r9, r9, ror #8
    sxtb16 r11, r11, ror #8
    strd r9, r11, [r7], #8
    subs lr, lr, #1
    bgt.w 1b
    blt.w 5f
  4:
    ldr r12, [sp]
    ldrd r9, r12, [r12, #20]
    cmp r12, #0
    beq.w 5f
    ldr r8, [r0]
    ldr r10, [r1]
    mov r11, r9
    b.w 2b
  3:
    cmp lr, #0
    bgt.w 1b
    b.w 4b
  5:
    pop.w {r0, r4-r11, pc}
  )");
}

#else

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

inline void widen_pixel_pairs(const PixelPairs* pairs) {
  const int32_t pixels = pairs->left_half + 2 * pairs->inside + pairs->right_half;
  const auto pixel = [&](const int8_t* row, int32_t step, int32_t x) {
    return x >= 0 && x < pixels ? load_word(row + x * step) : pairs->zero_points;
  };
  const int32_t count = pairs->left_half + pairs->inside + pairs->right_half;
  for (int32_t j = 0; j < count; ++j) {
    const int32_t x = 2 * j - pairs->left_half;
    widen_pixel_pair(pixel(pairs->upper, pairs->upper_step, x), pixel(pairs->upper, pairs->upper_step, x + 1),
                     pixel(pairs->lower, pairs->lower_step, x), pixel(pairs->lower, pairs->lower_step, x + 1),
                     pairs->plane_bytes / 4, pairs->planes + 2 * j);
  }
}

#endif

// Four channels of the input, and where the steps from column to column and from row to row lead.
struct DepthwiseInput {
  const int8_t* pixels;
  int32_t pixel_bytes;
  int32_t row_bytes;
  int32_t rows;
};

// Everything but the rows and the planes.
constexpr PixelPairs pairs_of_rows(const DepthwiseView& view, int32_t zero_point, int32_t plane_bytes) {
  const int32_t columns = plane_columns(view) - view.pad_left;
  const int32_t pixels = view.input_w - view.pad_left;  // after the left half
  const int32_t inside = pixels / 2 < columns ? pixels / 2 : columns;
  return {nullptr,
          nullptr,
          0,
          0,
          nullptr,
          static_cast<int32_t>(static_cast<uint8_t>(zero_point) * 0x01010101U),
          inside < columns ? pixels % 2 : 0,
          view.pad_left,
          plane_bytes,
          inside};
}

// What lies to the right of `pairs` in `count` planes' row pairs of `pair_words`.
inline void fill_right_columns(const PixelPairs& pairs, int32_t count, int32_t pair_words, int32_t* planes) {
  const int32_t lanes = sxtb16(pairs.zero_points);
  const int32_t begin = 2 * (pairs.left_half + pairs.inside + pairs.right_half);
  if (begin == pair_words) return;
  for (; count > 0; --count, planes += pair_words) {
    for (int32_t i = begin; i < pair_words; ++i) planes[i] = lanes;
  }
}

// `count` row pairs of `pair_words` from row y on, whose rows may lie outside the input. `pairs` says all but the rows;
// its planes advance. Not inlined, because one copy serves all layers.
[[gnu::noinline]] inline void widen_row_pairs(const DepthwiseInput& input, int32_t y, int32_t count, int32_t pair_words,
                                              PixelPairs* pairs) {
  const auto* outside = reinterpret_cast<const int8_t*>(&pairs->zero_points);
  const int8_t* row = input.pixels + y * input.row_bytes;
  const auto rows = static_cast<uint32_t>(input.rows);
  for (; count > 0; --count, y += 2, pairs->planes += pair_words) {
    const bool has_upper = static_cast<uint32_t>(y) < rows;
    pairs->upper = has_upper ? row : outside;
    pairs->upper_step = has_upper ? input.pixel_bytes : 0;
    row += input.row_bytes;
    const bool has_lower = static_cast<uint32_t>(y + 1) < rows;
    pairs->lower = has_lower ? row : outside;
    pairs->lower_step = has_lower ? input.pixel_bytes : 0;
    row += input.row_bytes;
    widen_pixel_pairs(pairs);
  }
}

}  // namespace tmc::kernels::armv7em
