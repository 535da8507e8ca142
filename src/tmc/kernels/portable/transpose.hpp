// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, in the order of the output.

#include "tmc/kernels/contract/transpose.hpp"
#include "tmc/kernels/portable/detail/element.hpp"

namespace tmc::kernels::portable {

struct Transpose : BodyOf<kernels::Transpose> {
  static constexpr bool applies(const Params& p) { return is_element_size(p.element_bytes); }
  static constexpr double instructions(const Params& p) {
    double elements = 1;
    for (const int32_t extent : p.extents) elements *= extent;
    return 6 * elements;
  }

  static void run(Params p, Buffers b) {
    with_element(p.element_bytes, [&](auto zero) {
      using T = decltype(zero);
      move(p, static_cast<const T*>(b.input), static_cast<T*>(b.output));
    });
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
