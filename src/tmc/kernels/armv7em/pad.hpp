// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the last row to the first, by words. Axes inside the innermost that is padded are one with it, so that rows are
// as long as can be.

#include "tmc/kernels/armv7em/detail/move.hpp"
#include "tmc/kernels/contract/pad.hpp"
#include "tmc/kernels/portable/pad.hpp"

namespace tmc::kernels::armv7em {

struct Pad : ImplementationOf<kernels::Pad> {
  static constexpr bool applies(const Params& p) { return p.element_bytes <= 4 && portable::Pad::applies(p); }
  static constexpr Overlap overlap(const Params& p, int buffer) { return portable::Pad::overlap(p, buffer); }
  static constexpr double instructions(const Params& params) {
    const Params p = in_bytes(params);
    const double rows = 1.0 * p.extents[0] * p.extents[1] * p.extents[2];
    return 60 + 60 * rows + 0.4 * rows * (p.before[3] + p.extents[3] + p.after[3]);
  }

  static void run(Params params, Buffers b) {
    const Params p = in_bytes(params);
    const int32_t row = padded(p, 3);
    const int32_t plane = padded(p, 2) * row;
    const int32_t volume = padded(p, 1) * plane;
    const int32_t input_bytes = p.extents[0] * p.extents[1] * p.extents[2] * p.extents[3];
    Cursor at{static_cast<const int8_t*>(b.input) + input_bytes, static_cast<int8_t*>(b.output) + padded(p, 0) * volume,
              fill_word(p)};
    at.fill(p.after[0] * volume);
    for (int32_t i = 0; i < p.extents[0]; ++i) {
      at.fill(p.after[1] * plane);
      for (int32_t j = 0; j < p.extents[1]; ++j) {
        at.fill(p.after[2] * row);
        for (int32_t k = 0; k < p.extents[2]; ++k) {
          at.fill(p.after[3]);
          at.move(p.extents[3]);
          at.fill(p.before[3]);
        }
        at.fill(p.before[2] * row);
      }
      at.fill(p.before[1] * plane);
    }
    at.fill(p.before[0] * volume);
  }

  // The same with the innermost axis in bytes and padded, where any is.
  static constexpr Params in_bytes(Params p) {
    scale_innermost(p, p.element_bytes);
    for (int turn = 0; turn < 3 && p.before[3] == 0 && p.after[3] == 0; ++turn) {
      const int32_t inner = p.extents[3];
      for (int axis = 3; axis > 0; --axis) {
        p.extents[axis] = p.extents[axis - 1];
        p.before[axis] = p.before[axis - 1];
        p.after[axis] = p.after[axis - 1];
      }
      p.extents[0] = 1;
      p.before[0] = p.after[0] = 0;
      scale_innermost(p, inner);
    }
    return p;
  }

  static constexpr int32_t padded(const Params& p, int axis) {
    return p.before[axis] + p.extents[axis] + p.after[axis];
  }

 private:
  // Ends of what has not been read, and not been written.
  struct Cursor {
    const int8_t* input;
    int8_t* output;
    int32_t word;

    void move(int32_t bytes) {
      move_down(output, input, bytes);
      input -= bytes;
      output -= bytes;
    }
    void fill(int32_t bytes) {
      if (bytes == 0) return;
      output -= bytes;
      fill_bytes(output, word, bytes);
    }
  };

  static constexpr void scale_innermost(Params& p, int32_t factor) {
    p.extents[3] *= factor;
    p.before[3] *= factor;
    p.after[3] *= factor;
  }

  static constexpr int32_t fill_word(const Params& p) {
    const auto fill = static_cast<uint32_t>(p.fill);
    return static_cast<int32_t>(p.element_bytes == 1   ? (fill & 0xFF) * 0x01010101U
                                : p.element_bytes == 2 ? (fill & 0xFFFF) * 0x00010001U
                                                       : fill);
  }
};

}  // namespace tmc::kernels::armv7em
