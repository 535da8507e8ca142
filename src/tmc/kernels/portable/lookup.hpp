// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: a run along the innermost axis at a time, whose indices are read once where all of it has the
// same.

#include "tmc/kernels/contract/lookup.hpp"
#include "tmc/kernels/portable/detail/element.hpp"
#include "tmc/kernels/portable/detail/run_time_index.hpp"

namespace tmc::kernels::portable {

struct Lookup : ImplementationOf<kernels::Lookup> {
  static constexpr bool applies(const Params& p) {
    return is_element_size(p.element_bytes) && is_index_dtype(p.indices_dtype) && p.looked_up <= 6;
  }
  static constexpr double instructions(const Params& p) {
    double elements = 1;
    for (const int32_t extent : p.extents) elements *= extent;
    return (p.index_strides[5] == 0 ? 5 : 10 + 8 * p.looked_up) * elements;
  }

  static void run(Params p, Buffers b) {
    with_element(p.element_bytes, [&](auto zero) {
      using T = decltype(zero);
      with_indices(p.indices_dtype, b.indices, [&](const auto* indices) {
        read(p, static_cast<const T*>(b.data), indices, static_cast<T*>(b.output));
      });
    });
  }

 private:
  template <typename T, typename Index>
  static void read(const Params& p, const T* data, const Index* indices, T* output) {
    for_each_run(p, p.data_strides, [&](int32_t index, int32_t element) {
      if (p.index_strides[5] == 0) {
        const T* from = data + element + place_of(p, indices + index);
        for (int32_t i = 0; i < p.extents[5]; ++i) *output++ = from[i * p.data_strides[5]];
      } else {
        for (int32_t i = 0; i < p.extents[5]; ++i) {
          *output++ = data[element + i * p.data_strides[5] + place_of(p, indices + index + i * p.index_strides[5])];
        }
      }
    });
  }
};

}  // namespace tmc::kernels::portable
