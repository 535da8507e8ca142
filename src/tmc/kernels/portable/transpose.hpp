// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, in the order of the output.

#include "tmc/kernels/contract/transpose.hpp"

namespace tmc::kernels::portable {

struct Transpose {
  using Contract = kernels::Transpose;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) {
    return p.element_bytes == 1 || p.element_bytes == 2 || p.element_bytes == 4;
  }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params&, int) { return kNoOverlap; }
  static constexpr double instructions(const Params& p) {
    double elements = 1;
    for (const int32_t extent : p.extents) elements *= extent;
    return 6 * elements;
  }

  static void run(Params p, Buffers b) {
    switch (p.element_bytes) {
      case 1:
        return move(p, static_cast<const uint8_t*>(b.input), static_cast<uint8_t*>(b.output));
      case 2:
        return move(p, static_cast<const uint16_t*>(b.input), static_cast<uint16_t*>(b.output));
      default:
        return move(p, static_cast<const uint32_t*>(b.input), static_cast<uint32_t*>(b.output));
    }
  }

 private:
  template <typename T>
  static void move(const Params& p, const T* input, T* output) {
    for (int32_t i = 0; i < p.extents[0]; ++i) {
      for (int32_t j = 0; j < p.extents[1]; ++j) {
        for (int32_t k = 0; k < p.extents[2]; ++k) {
          output = move_block(p, input + i * p.strides[0] + j * p.strides[1] + k * p.strides[2], output);
        }
      }
    }
  }

  // The three innermost axes; returns the end of what it wrote.
  template <typename T>
  static T* move_block(const Params& p, const T* input, T* output) {
    for (int32_t i = 0; i < p.extents[3]; ++i) {
      for (int32_t j = 0; j < p.extents[4]; ++j) {
        const T* row = input + i * p.strides[3] + j * p.strides[4];
        for (int32_t k = 0; k < p.extents[5]; ++k) *output++ = row[k * p.strides[5]];
      }
    }
    return output;
  }
};

}  // namespace tmc::kernels::portable
