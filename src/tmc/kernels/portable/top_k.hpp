// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: the chosen ones are a sorted list, into which one element after the other is put.

#include "tmc/function/types.hpp"
#include "tmc/kernels/contract/top_k.hpp"
#include "tmc/kernels/portable/detail/number.hpp"

namespace tmc::kernels::portable {

struct TopK : ImplementationOf<kernels::TopK> {
  static constexpr bool applies(const Params& p) { return is_number_dtype(p.input_dtype) && p.chosen <= p.depth; }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.outer * p.inner * p.depth * (12 + 4.0 * p.chosen);
  }

  static void run(Params p, Buffers b) {
    function::with_element_type(static_cast<DType>(p.input_dtype), [&](auto zero) {
      using T = decltype(zero);
      for (int32_t i = 0; i < p.outer; ++i) {
        for (int32_t j = 0; j < p.inner; ++j) {
          choose(p, static_cast<const T*>(b.input) + i * p.depth * p.inner + j, b.output + i * p.chosen * p.inner + j);
        }
      }
    });
  }

 private:
  template <typename T>
  static void choose(const Params& p, const T* input, int64_t* output) {
    int32_t count = 0;
    for (int32_t i = 0; i < p.depth; ++i) {
      const T element = input[i * p.inner];
      int32_t place = count;
      while (place > 0 && is_before(p, element, input[output[(place - 1) * p.inner] * p.inner])) --place;
      if (place == p.chosen) continue;
      if (count < p.chosen) ++count;
      for (int32_t k = count - 1; k > place; --k) output[k * p.inner] = output[(k - 1) * p.inner];
      output[place * p.inner] = i;
    }
  }

  template <typename T>
  static bool is_before(const Params& p, T a, T b) {
    return p.largest != 0 ? is_greater(a, b) : is_greater(b, a);
  }
  template <typename T>
  static bool is_greater(T a, T b) {
    return a > b || (a != a && b == b);
  }
};

}  // namespace tmc::kernels::portable
