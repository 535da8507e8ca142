// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Gathers the input window of one output pixel and widens it to 16-bit lanes.
//
// The window is kernel_h rows of kernel_w * input_c values, each row padded to groups of four. A group becomes two
// words, inputs 0 and 2 in the lanes of the first, 1 and 3 in those of the second: the order in which SXTB16 leaves
// them. Words of one pixel lie `stride` words apart, so that pixels interleave.

#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/contract/conv2d_s8.hpp"

namespace tmc::kernels::armv7em {

constexpr int32_t groups_of_four(int32_t values) {
  return (values + 3) / 4;
}
constexpr int32_t row_groups(const Conv2dS8::Params& p) {
  return groups_of_four(p.kernel_w * p.input_c);
}
constexpr int32_t window_groups(const Conv2dS8::Params& p) {
  return p.kernel_h * row_groups(p);
}

// One to three values in the low bytes of a word.
inline int32_t load_partial(const int8_t* from, int32_t count) {
  int32_t word = static_cast<uint8_t>(from[0]);
  if (count > 1) word |= static_cast<uint8_t>(from[1]) << 8;
  if (count > 2) word |= static_cast<uint8_t>(from[2]) << 16;
  return word;
}

// Every function returns where the next group goes.
template <int kStride>
int32_t* widen_group(int32_t word, int32_t* lanes) {
  lanes[0] = sxtb16(word);
  lanes[kStride] = sxtb16_ror8(word);
  return lanes + 2 * kStride;
}

template <int kStride>
int32_t* widen_values(const int8_t* from, int32_t count, int32_t* lanes) {
  for (const int8_t* end = from + count / 4 * 4; from != end; from += 4)
    lanes = widen_group<kStride>(load_word(from), lanes);
  if (count % 4) lanes = widen_group<kStride>(load_partial(from, count % 4), lanes);
  return lanes;
}

#if TMC_ARMV7EM_ASSEMBLY

// Widens `groups` groups, one or more, from each of three places, interleaved.
[[gnu::naked, gnu::noinline]] inline int32_t* widen_three(const int8_t* const*, int32_t, int32_t*) {
  asm volatile(R"(
    push.w {r4-r11, lr}
    ldm.w r0, {r0, r3, lr}
  1:
    ldr r10, [r0], #4
    ldr r11, [r3], #4
    ldr r12, [lr], #4
    sxtb16 r4, r10
    sxtb16 r5, r11
    sxtb16 r6, r12
    sxtb16 r7, r10, ror #8
    sxtb16 r8, r11, ror #8
    sxtb16 r9, r12, ror #8
    stm.w r2!, {r4-r9}
    subs r1, r1, #1
    bne.n 1b
    mov r0, r2
    pop.w {r4-r11, pc}
  )");
}

#else

inline int32_t* widen_three(const int8_t* const* from, int32_t groups, int32_t* lanes) {
  for (int i = 0; i < 3; ++i) widen_values<3>(from[i], 4 * groups, lanes + i);
  return lanes + 6 * groups;
}

#endif

template <int kStride>
int32_t* fill_groups(int32_t word, int32_t groups, int32_t* lanes) {
  for (int32_t i = 0; i < groups; ++i) lanes = widen_group<kStride>(word, lanes);
  return lanes;
}

// A row of the window of which parts lie outside the input or apart: tap by tap, a byte at a time where taps are not
// whole groups.
template <int kStride>
int32_t* gather_split_row(const Conv2dS8::Params& p, const int8_t* row, int32_t x, int32_t* lanes) {
  const auto zero_points = static_cast<int32_t>(static_cast<uint8_t>(p.input_zero_point) * 0x01010101U);
  uint32_t word = 0;
  int32_t filled = 0;
  for (int32_t kx = 0; kx < p.kernel_w; ++kx, x += p.dilation_w) {
    const bool inside = x >= 0 && x < p.input_w;
    const int8_t* tap = row + x * p.input_c;
    if (p.input_c % 4 == 0) {
      lanes = inside ? widen_values<kStride>(tap, p.input_c, lanes)
                     : fill_groups<kStride>(zero_points, p.input_c / 4, lanes);
      continue;
    }
    for (int32_t c = 0; c < p.input_c; ++c) {
      word |= static_cast<uint32_t>(static_cast<uint8_t>(inside ? tap[c] : p.input_zero_point)) << (8 * filled);
      if (++filled == 4) {
        lanes = widen_group<kStride>(static_cast<int32_t>(word), lanes);
        word = 0;
        filled = 0;
      }
    }
  }
  return filled ? widen_group<kStride>(static_cast<int32_t>(word), lanes) : lanes;
}

// The window whose first tap reads row y and column x of `image`, either of which may be outside.
template <int kStride>
void gather_window(const Conv2dS8::Params& p, const int8_t* image, int32_t y, int32_t x, int32_t* lanes) {
  const auto zero_points = static_cast<int32_t>(static_cast<uint8_t>(p.input_zero_point) * 0x01010101U);
  const bool whole_row = p.dilation_w == 1 && x >= 0 && x + p.kernel_w <= p.input_w;
  for (int32_t ky = 0; ky < p.kernel_h; ++ky, y += p.dilation_h) {
    const int8_t* row = image + y * p.input_w * p.input_c;
    if (y < 0 || y >= p.input_h) {
      lanes = fill_groups<kStride>(zero_points, row_groups(p), lanes);
    } else if (whole_row) {
      lanes = widen_values<kStride>(row + x * p.input_c, p.kernel_w * p.input_c, lanes);
    } else {
      lanes = gather_split_row<kStride>(p, row, x, lanes);
    }
  }
}

}  // namespace tmc::kernels::armv7em
