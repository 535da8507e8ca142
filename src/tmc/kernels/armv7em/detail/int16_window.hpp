// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Gathers the windows of three output pixels of an int16 image for detail/int16_tile.hpp. The image counts as one of
// bytes with twice the channels (detail/pixel_tiles.hpp): `p` is that of bytes. Rows of whole words are read where they
// lie, or from a copy of the row where taps are outside or apart; other windows are copied as a whole.

#include "tmc/kernels/armv7em/detail/int16_tile.hpp"
#include "tmc/kernels/armv7em/detail/pixel_tiles.hpp"

namespace tmc::kernels::armv7em {

constexpr Conv2dS8::Params in_bytes(Conv2dS8::Params p) {
  p.input_c *= 2;
  p.output_c *= 2;
  return p;
}

constexpr int32_t row_bytes(const Conv2dS8::Params& p) {
  return p.kernel_w * p.input_c;
}
constexpr bool rows_are_words(const Conv2dS8::Params& p) {
  return row_bytes(p) % 4 == 0;
}
// What is copied of a pixel at a time.
constexpr int32_t copy_bytes(const Conv2dS8::Params& p) {
  if (!rows_are_words(p)) return (p.kernel_h * row_bytes(p) + 3) / 4 * 4;
  return p.dilation_w == 1 && windows_are_inside(p) ? 0 : row_bytes(p);
}

inline void gather_int16(const Conv2dS8::Params& p, const int8_t* input, const Cursor (&cursors)[kTilePixels],
                         int8_t* copies, int32_t* lanes) {
  const int8_t* rows[kTilePixels];
  const auto image_of = [&p, input](const Cursor& at) {
    return input + (at.offset - (at.y * p.input_w + at.x) * p.input_c);
  };
  if (!rows_are_words(p)) {
    for (int32_t i = 0; i < kTilePixels; ++i) {
      int8_t* copy = copies + i * copy_bytes(p);
      copy_window(p, image_of(cursors[i]), cursors[i].y, cursors[i].x, p.input_c, copy);
      rows[i] = copy;
    }
    interleave(rows, copy_bytes(p) / 4, lanes);
    return;
  }
  for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
    for (int32_t i = 0; i < kTilePixels; ++i) {
      const Cursor& at = cursors[i];
      const int32_t y = at.y + ky * p.dilation_h;
      const bool is_whole = copy_bytes(p) == 0 || (p.dilation_w == 1 && y >= 0 && y < p.input_h && at.x >= 0 &&
                                                   at.x + p.kernel_w <= p.input_w);
      rows[i] = input + at.offset + ky * p.dilation_h * p.input_w * p.input_c;
      if (is_whole) continue;
      int8_t* copy = copies + i * copy_bytes(p);
      copy_row(p, image_of(at), y, at.x, p.input_c, copy);
      rows[i] = copy;
    }
    lanes = interleave(rows, row_bytes(p) / 4, lanes);
  }
}

}  // namespace tmc::kernels::armv7em
