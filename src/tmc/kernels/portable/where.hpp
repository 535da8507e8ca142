// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/kernels/common/broadcast.hpp"
#include "tmc/kernels/contract/where.hpp"
#include "tmc/kernels/portable/detail/element.hpp"

namespace tmc::kernels::portable {

struct Where : ImplementationOf<kernels::Where> {
  static constexpr bool applies(const Params& p) { return is_element_size(p.element_bytes); }
  static constexpr Overlap overlap(const Params& p, int buffer) {
    return buffer < 2 ? broadcast_overlap(p, buffer) : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) { return 14.0 * static_cast<double>(broadcast_elements(p)); }

  static void run(Params p, Buffers b) {
    with_element(p.element_bytes, [&](auto zero) { choose<decltype(zero)>(p, b); });
  }

 private:
  template <typename T>
  static void choose(const Params& p, const Buffers& b) {
    auto* output = static_cast<T*>(b.output);
    for (int32_t i = 0; i < p.extents[0]; ++i) {
      for (int32_t j = 0; j < p.extents[1]; ++j) {
        for (int32_t k = 0; k < p.extents[2]; ++k) {
          const T* a = static_cast<const T*>(b.a) + offset(p.a_strides, i, j, k);
          const T* other = static_cast<const T*>(b.b) + offset(p.b_strides, i, j, k);
          const Bool* condition = b.condition + offset(p.condition_strides, i, j, k);
          for (int32_t l = 0; l < p.extents[3]; ++l) {
            *output++ = *condition ? *a : *other;
            a += p.a_strides[3];
            other += p.b_strides[3];
            condition += p.condition_strides[3];
          }
        }
      }
    }
  }

  static int32_t offset(const int32_t (&strides)[4], int32_t i, int32_t j, int32_t k) {
    return i * strides[0] + j * strides[1] + k * strides[2];
  }
};

}  // namespace tmc::kernels::portable
