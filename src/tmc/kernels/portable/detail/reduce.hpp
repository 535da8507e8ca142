// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loops of reductions. `Params` has kept[3], kept_strides[3], reduced[3] and reduced_strides[3].

#include <stdint.h>

namespace tmc::kernels::portable {

// Elements that one mean is taken of.
template <typename Params>
constexpr int64_t reduced_count(const Params& p) {
  return int64_t{p.reduced[0]} * p.reduced[1] * p.reduced[2];
}

// Output elements in the order of addresses: output = finish(state after all steps over the reduced axes).
template <typename Params, typename Input, typename Output, typename Init, typename Step, typename Finish>
inline void for_each_reduced(const Params& p, const Input* input, Output* output, Init init, Step step, Finish finish) {
  for (int32_t i = 0; i < p.kept[0]; ++i) {
    for (int32_t j = 0; j < p.kept[1]; ++j) {
      for (int32_t k = 0; k < p.kept[2]; ++k) {
        const Input* first = input + i * p.kept_strides[0] + j * p.kept_strides[1] + k * p.kept_strides[2];
        auto state = init();
        for (int32_t l = 0; l < p.reduced[0]; ++l) {
          for (int32_t m = 0; m < p.reduced[1]; ++m) {
            const Input* row = first + l * p.reduced_strides[0] + m * p.reduced_strides[1];
            for (int32_t n = 0; n < p.reduced[2]; ++n) state = step(state, row[n * p.reduced_strides[2]]);
          }
        }
        *output++ = finish(state);
      }
    }
  }
}

}  // namespace tmc::kernels::portable
