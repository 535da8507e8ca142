// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, in the order of the axes.

#include "tmc/kernels/contract/strided_copy.hpp"
#include "tmc/kernels/portable/detail/element.hpp"

namespace tmc::kernels::portable {

struct StridedCopy : ImplementationOf<kernels::StridedCopy> {
  static constexpr bool applies(const Params& p) { return is_element_size(p.element_bytes); }
  static constexpr double instructions(const Params& p) {
    double elements = 1;
    for (const int32_t extent : p.extents) elements *= extent;
    return 6 * elements;
  }

  static void run(Params p, Buffers b) {
    with_element(p.element_bytes, [&](auto zero) {
      using T = decltype(zero);
      move(p, static_cast<const T*>(b.input) + p.first, static_cast<T*>(b.output));
    });
  }

 private:
  template <typename T>
  static void move(const Params& p, const T* input, T* output) {
    const int32_t* in = p.input_strides;
    const int32_t* out = p.output_strides;
    for (int32_t i = 0; i < p.extents[0]; ++i) {
      for (int32_t j = 0; j < p.extents[1]; ++j) {
        for (int32_t k = 0; k < p.extents[2]; ++k) {
          move_block(p, input + i * in[0] + j * in[1] + k * in[2], output + i * out[0] + j * out[1] + k * out[2]);
        }
      }
    }
  }

  // The three innermost axes.
  template <typename T>
  static void move_block(const Params& p, const T* input, T* output) {
    for (int32_t i = 0; i < p.extents[3]; ++i) {
      for (int32_t j = 0; j < p.extents[4]; ++j) {
        const T* from = input + i * p.input_strides[3] + j * p.input_strides[4];
        T* to = output + i * p.output_strides[3] + j * p.output_strides[4];
        for (int32_t k = 0; k < p.extents[5]; ++k) *to++ = from[k * p.input_strides[5]];
      }
    }
  }
};

}  // namespace tmc::kernels::portable
