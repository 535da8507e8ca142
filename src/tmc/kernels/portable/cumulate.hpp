// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one line along the axis at a time.

#include "tmc/function/integer.hpp"
#include "tmc/kernels/contract/cumulate.hpp"
#include "tmc/kernels/portable/detail/number.hpp"

namespace tmc::kernels::portable {

struct Cumulate : ImplementationOf<kernels::Cumulate> {
  static constexpr bool applies(const Params& p) {
    return is_number_dtype(p.input_dtype) && p.output_dtype == p.input_dtype;
  }
  // Every element is read before the one at its place is written.
  static constexpr Overlap overlap(const Params&, int) { return {Overlap::Kind::kSameBegin, 0}; }
  static constexpr double instructions(const Params& p) { return 8.0 * p.outer * p.depth * p.inner; }

  static void run(Params p, Buffers b) {
    function::with_element_type(static_cast<DType>(p.input_dtype), [&](auto zero) {
      using T = decltype(zero);
      for (int32_t i = 0; i < p.outer; ++i) {
        const int32_t first = i * p.depth * p.inner;
        for (int32_t j = 0; j < p.inner; ++j) {
          cumulate(p, static_cast<const T*>(b.input) + first + j, static_cast<T*>(b.output) + first + j);
        }
      }
    });
  }

 private:
  template <typename T>
  static void cumulate(const Params& p, const T* input, T* output) {
    T state = static_cast<T>(p.product);
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t at = (p.reverse != 0 ? p.depth - 1 - i : i) * p.inner;
      const T element = input[at];
      const T next = p.product != 0 ? function::product_of(state, element) : function::sum_of(state, element);
      output[at] = p.exclusive != 0 ? state : next;
      state = next;
    }
  }
};

}  // namespace tmc::kernels::portable
