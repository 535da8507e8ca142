// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: from the last row to the first, so that a tensor can grow where it lies.

#include "tmc/kernels/contract/pad.hpp"
#include "tmc/kernels/portable/detail/element.hpp"

namespace tmc::kernels::portable {

struct Pad : ImplementationOf<kernels::Pad> {
  static constexpr bool applies(const Params& p) { return is_element_size(p.element_bytes); }
  // Every element moves to a place as far from the beginning as it was or further.
  static constexpr Overlap overlap(const Params& p, int) {
    return {Overlap::Kind::kBackward, static_cast<int32_t>(input_bytes(p) - output_bytes(p))};
  }
  static constexpr double instructions(const Params& p) {
    return 2.0 * static_cast<double>(output_bytes(p)) + 30.0 * p.extents[0] * p.extents[1] * p.extents[2];
  }

  static void run(Params p, Buffers b) {
    Cursor at{static_cast<const unsigned char*>(b.input) + input_bytes(p),
              static_cast<unsigned char*>(b.output) + output_bytes(p)};
    const auto row = static_cast<int32_t>(padded(p, 3));
    const auto plane = static_cast<int32_t>(padded(p, 2)) * row;
    const auto volume = static_cast<int32_t>(padded(p, 1)) * plane;
    fill(p, at, p.after[0] * volume);
    for (int32_t i = 0; i < p.extents[0]; ++i) {
      fill(p, at, p.after[1] * plane);
      for (int32_t j = 0; j < p.extents[1]; ++j) {
        fill(p, at, p.after[2] * row);
        for (int32_t k = 0; k < p.extents[2]; ++k) {
          fill(p, at, p.after[3]);
          move(at, p.extents[3] * p.element_bytes);
          fill(p, at, p.before[3]);
        }
        fill(p, at, p.before[2] * row);
      }
      fill(p, at, p.before[1] * plane);
    }
    fill(p, at, p.before[0] * volume);
  }

 private:
  // Ends of what has not been read, and not been written.
  struct Cursor {
    const unsigned char* input;
    unsigned char* output;
  };

  static constexpr int64_t padded(const Params& p, int axis) {
    return int64_t{p.before[axis]} + p.extents[axis] + p.after[axis];
  }
  static constexpr int64_t input_bytes(const Params& p) {
    return int64_t{p.extents[0]} * p.extents[1] * p.extents[2] * p.extents[3] * p.element_bytes;
  }
  static constexpr int64_t output_bytes(const Params& p) {
    return padded(p, 0) * padded(p, 1) * padded(p, 2) * padded(p, 3) * p.element_bytes;
  }

  static void move(Cursor& at, int32_t bytes) {
    at.input -= bytes;
    at.output -= bytes;
    __builtin_memmove(at.output, at.input, static_cast<size_t>(bytes));
  }

  static void fill(const Params& p, Cursor& at, int32_t elements) {
    if (p.element_bytes == 1) {
      at.output -= elements;
      __builtin_memset(at.output, p.fill & 255, static_cast<size_t>(elements));
      return;
    }
    const int64_t wide = p.fill;
    for (int32_t i = 0; i < elements; ++i) {
      at.output -= p.element_bytes;
      __builtin_memcpy(at.output, &wide, static_cast<size_t>(p.element_bytes));
    }
  }
};

}  // namespace tmc::kernels::portable
