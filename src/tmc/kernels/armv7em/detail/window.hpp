// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Gathers the input windows of output pixels and widens them to 16-bit lanes.
//
// A window is kernel_h rows of kernel_w * input_c values. Groups of four follow each other: first those of every row,
// the last of which may have one value too many, then what is left of the rows, one or two values of each. A group
// becomes two words, inputs 0 and 2 in the lanes of the first, 1 and 3 in those of the second: the order in which
// SXTB16 leaves them. What is left of the rows fills lane after lane; lanes after the last hold anything. Words of one
// pixel lie `stride` words apart, so that pixels interleave.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/move.hpp"
#include "tmc/kernels/contract/conv2d.hpp"

namespace tmc::kernels::armv7em {

constexpr int32_t groups_of_four(int32_t values) {
  return (values + 3) / 4;
}
constexpr bool row_overreads(const Conv2dS8::Params& p) {
  return p.kernel_w * p.input_c % 4 == 3;
}
constexpr int32_t row_groups(const Conv2dS8::Params& p) {
  return (p.kernel_w * p.input_c + 1) / 4;
}
constexpr int32_t row_tail(const Conv2dS8::Params& p) {
  return row_overreads(p) ? 0 : p.kernel_w * p.input_c % 4;
}
constexpr int32_t window_groups(const Conv2dS8::Params& p) {
  return p.kernel_h * row_groups(p) + groups_of_four(p.kernel_h * row_tail(p));
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

template <int kStride>
int32_t* fill_groups(int32_t word, int32_t groups, int32_t* lanes) {
  for (int32_t i = 0; i < groups; ++i) lanes = widen_group<kStride>(word, lanes);
  return lanes;
}

// Fills whole steps of eight values up with zeros.
inline void widen_steps(const int8_t* from, int32_t count, int32_t* lanes) {
  int32_t* end = widen_values<1>(from, count, lanes);
  if (groups_of_four(count) % 2 != 0) fill_groups<1>(0, 1, end);
}

// Three windows of single pixels. The assembly reads the members by position.
struct PixelTile {
  const int8_t* first;
  int32_t groups;  // of a pixel, one or more
  int32_t* lanes;
  const int8_t* second;
  const int8_t* third;
};

// widen_windows: three windows of rows of `groups` groups, one or more, which lie a gap after each other; rows until
// the lanes end. Each argument by itself, so that no struct of them lies in the caller's stack.
#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(PixelTile, first) == 0 && offsetof(PixelTile, groups) == 4 && offsetof(PixelTile, lanes) == 8 &&
              offsetof(PixelTile, second) == 12 && offsetof(PixelTile, third) == 16);

// r1 groups of the windows at r0, r3 and lr, to r2.
// clang-format off
#define TMC_WIDEN_ROW                                                                                                  \
  "1:\n ldr r10, [r0], #4\n ldr r11, [r3], #4\n ldr r12, [lr], #4\n"                                                   \
  "sxtb16 r4, r10\n sxtb16 r5, r11\n sxtb16 r6, r12\n"                                                                 \
  "sxtb16 r7, r10, ror #8\n sxtb16 r8, r11, ror #8\n sxtb16 r9, r12, ror #8\n"                                         \
  "stm.w r2!, {r4-r9}\n subs r1, r1, #1\n bne.n 1b\n"
// clang-format on

[[gnu::naked, gnu::noinline]] inline void widen_pixels(const PixelTile*) {
  asm volatile("push.w {r4-r11, lr}\n ldm.w r0, {r0-r3, lr}\n" TMC_WIDEN_ROW "pop.w {r4-r11, pc}\n");
}

// The stack begins with the arguments from `lanes_end` on, below which `groups` is kept.
[[gnu::naked, gnu::noinline]] inline void widen_windows(const int8_t* /*first*/, int32_t /*groups*/, int32_t* /*lanes*/,
                                                        const int8_t* /*second*/, int32_t* /*lanes_end*/,
                                                        int32_t /*first_gap*/, int32_t /*second_gap*/,
                                                        int32_t /*third_gap*/, const int8_t* /*third*/) {
  asm volatile("push.w {r1}\n push.w {r4-r11, lr}\n ldr lr, [sp, #56]\n" TMC_WIDEN_ROW
               "add r1, sp, #36\n ldm.w r1, {r1, r4-r7}\n add r0, r0, r5\n add r3, r3, r6\n add lr, lr, r7\n"
               "cmp r2, r4\n bne.n 1b\n pop.w {r4-r11, lr}\n add sp, sp, #4\n bx lr\n");
}

#else

inline void widen_windows(const int8_t* first, int32_t groups, int32_t* lanes, const int8_t* second, int32_t* lanes_end,
                          int32_t first_gap, int32_t second_gap, int32_t third_gap, const int8_t* third) {
  for (; lanes != lanes_end; lanes += 6 * groups) {
    widen_values<3>(first, 4 * groups, lanes);
    widen_values<3>(second, 4 * groups, lanes + 1);
    widen_values<3>(third, 4 * groups, lanes + 2);
    first += 4 * groups + first_gap;
    second += 4 * groups + second_gap;
    third += 4 * groups + third_gap;
  }
}

inline void widen_pixels(const PixelTile* tile) {
  widen_windows(tile->first, tile->groups, tile->lanes, tile->second, tile->lanes + 6 * tile->groups, 0, 0, 0,
                tile->third);
}

#endif

inline void put_lane(int32_t value, char* to) {
  const auto lane = static_cast<int16_t>(value);
  __builtin_memcpy(to, &lane, sizeof lane);
}

// A window whose rows are whole, row_step bytes apart.
struct Window {
  const int8_t* values;
  int32_t row_step;
};

// Tails fill lane after lane.
inline void gather_tails(const Conv2dS8::Params& p, const Window (&windows)[3], int32_t* lanes) {
  const int8_t* first = windows[0].values + 4 * row_groups(p);
  const int8_t* second = windows[1].values + 4 * row_groups(p);
  const int8_t* third = windows[2].values + 4 * row_groups(p);
  auto* to = reinterpret_cast<char*>(lanes);
  int32_t to_next_lane = 2;
  for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
    for (int32_t i = 0; i < row_tail(p); ++i) {
      put_lane(first[i], to);
      put_lane(second[i], to + 4);
      put_lane(third[i], to + 8);
      to += to_next_lane;
      to_next_lane = 12 - to_next_lane;
    }
    first += windows[0].row_step;
    second += windows[1].row_step;
    third += windows[2].row_step;
  }
}

// Inlined, so that its frame does not lie below the other ways to gather a tile.
[[gnu::always_inline]] inline void gather_three(const Conv2dS8::Params& p, const Window (&windows)[3], int32_t* lanes) {
  const int32_t row_bytes = 4 * row_groups(p);
  int32_t* const tails = lanes + 6 * p.kernel_h * row_groups(p);
  if (row_bytes > 0) {
    widen_windows(windows[0].values, row_groups(p), lanes, windows[1].values, tails, windows[0].row_step - row_bytes,
                  windows[1].row_step - row_bytes, windows[2].row_step - row_bytes, windows[2].values);
  }
  gather_tails(p, windows, tails);
}

// The window whose first tap reads row y and column x of `image`, where taps may lie outside or apart: as lanes, for
// channels in whole groups, tap by tap.
template <int kStride>
void gather_taps(const Conv2dS8::Params& p, const int8_t* image, int32_t y, int32_t x, int32_t* lanes) {
  const auto zero_points = static_cast<int32_t>(static_cast<uint8_t>(p.input_zero_point) * 0x01010101U);
  for (int32_t ky = 0; ky < p.kernel_h; ++ky, y += p.dilation_h) {
    int32_t column = x;
    for (int32_t kx = 0; kx < p.kernel_w; ++kx, column += p.dilation_w) {
      const bool inside = y >= 0 && y < p.input_h && column >= 0 && column < p.input_w;
      const int8_t* tap = image + (y * p.input_w + column) * p.input_c;
      lanes = inside ? widen_values<kStride>(tap, p.input_c, lanes)
                     : fill_groups<kStride>(zero_points, p.input_c / 4, lanes);
    }
  }
}

// Bytes of such a window as values.
constexpr int32_t copied_row_bytes(const Conv2dS8::Params& p) {
  return p.kernel_w * p.input_c + (row_overreads(p) ? 1 : 0);
}

// The taps of row y, the first in column x, `depth` values of each, with the zero point for those outside. Returns
// where the next row goes.
inline int8_t* copy_row(const Conv2dS8::Params& p, const int8_t* image, int32_t y, int32_t x, int32_t depth,
                        int8_t* to) {
  const auto zero_points = static_cast<int32_t>(static_cast<uint8_t>(p.input_zero_point) * 0x01010101U);
  const bool row_inside = y >= 0 && y < p.input_h;
  const int8_t* row = image + (y * p.input_w + x) * p.input_c;
  if (p.dilation_w == 1 && depth == p.input_c) {
    const int32_t left = x < 0 ? (-x < p.kernel_w ? -x : p.kernel_w) : 0;
    const int32_t end = p.input_w - x < p.kernel_w ? p.input_w - x : p.kernel_w;
    const int32_t inside = row_inside && end > left ? end - left : 0;
    const int32_t before = inside > 0 ? left : p.kernel_w;
    fill_bytes(to, zero_points, before * depth);
    move_up(to + before * depth, row + before * depth, inside * depth);
    fill_bytes(to + (before + inside) * depth, zero_points, (p.kernel_w - before - inside) * depth);
    return to + p.kernel_w * depth;
  }
  for (int32_t kx = 0; kx < p.kernel_w; ++kx, x += p.dilation_w, row += p.dilation_w * p.input_c, to += depth) {
    if (row_inside && x >= 0 && x < p.input_w) {
      move_up(to, row, depth);
    } else {
      fill_bytes(to, zero_points, depth);
    }
  }
  return to;
}

// The window whose first tap reads row y and column x, as values, row after row.
inline void copy_window(const Conv2dS8::Params& p, const int8_t* image, int32_t y, int32_t x, int32_t depth,
                        int8_t* to) {
  for (int32_t ky = 0; ky < p.kernel_h; ++ky, y += p.dilation_h) to = copy_row(p, image, y, x, depth, to);
}

// The same as a window for gather_three, of all channels: by single bytes, as channels are few where these are copied.
inline Window copy_taps(const Conv2dS8::Params& p, const int8_t* image, int32_t y, int32_t x, int8_t* values) {
  const Window window{values, copied_row_bytes(p)};
  for (int32_t ky = 0; ky < p.kernel_h; ++ky, y += p.dilation_h) {
    int8_t* to = values;
    values += window.row_step;
    const int8_t* row = image + y * p.input_w * p.input_c;
    const bool row_inside = y >= 0 && y < p.input_h;
    int32_t column = x;
    for (int32_t kx = 0; kx < p.kernel_w; ++kx, column += p.dilation_w) {
      const bool inside = row_inside && column >= 0 && column < p.input_w;
      const int8_t* tap = row + column * p.input_c;
      for (int32_t c = 0; c < p.input_c; ++c) *to++ = inside ? tap[c] : static_cast<int8_t>(p.input_zero_point);
    }
  }
  return window;
}

}  // namespace tmc::kernels::armv7em
