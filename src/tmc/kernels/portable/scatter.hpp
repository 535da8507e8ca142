// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one update at a time, in their order.

#include "tmc/function/integer.hpp"
#include "tmc/function/real.hpp"
#include "tmc/kernels/contract/scatter.hpp"
#include "tmc/kernels/portable/detail/element.hpp"
#include "tmc/kernels/portable/detail/number.hpp"
#include "tmc/kernels/portable/detail/run_time_index.hpp"

namespace tmc::kernels::portable {

struct Scatter : ImplementationOf<kernels::Scatter> {
  static constexpr bool joins(int32_t reduction) {
    return reduction > static_cast<int32_t>(ScatterReduction::kReplace) &&
           reduction <= static_cast<int32_t>(ScatterReduction::kMax);
  }
  static constexpr bool applies(const Params& p) {
    const bool is_replaced = p.reduction == static_cast<int32_t>(ScatterReduction::kReplace);
    return is_element_size(p.element_bytes) && is_index_dtype(p.indices_dtype) && p.looked_up <= 6 &&
           (is_replaced || (joins(p.reduction) && is_number_dtype(p.element_dtype)));
  }
  // The data are copied before anything else is read; updates and indices are read as it goes.
  static constexpr Overlap overlap(const Params&, int buffer) {
    return buffer == 0 ? Overlap{Overlap::Kind::kSameBegin, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    double updates = 1;
    for (const int32_t extent : p.extents) updates *= extent;
    return p.elements + (12 + 8 * p.looked_up) * updates;
  }

  static void run(Params p, Buffers b) {
    if (b.output != b.data) {
      __builtin_memmove(b.output, b.data, static_cast<size_t>(p.elements) * static_cast<size_t>(p.element_bytes));
    }
    with_indices(p.indices_dtype, b.indices, [&](const auto* indices) {
      if (p.reduction == static_cast<int32_t>(ScatterReduction::kReplace)) {
        with_element(p.element_bytes, [&](auto zero) {
          using T = decltype(zero);
          put<T>(p, b, indices, [](T, T update) { return update; });
        });
      } else {
        function::with_element_type(static_cast<DType>(p.element_dtype), [&](auto zero) {
          using T = decltype(zero);
          join<T>(p, b, indices);
        });
      }
    });
  }

 private:
  template <typename T, typename Index>
  static void join(const Params& p, const Buffers& b, const Index* indices) {
    switch (static_cast<ScatterReduction>(p.reduction)) {
      case ScatterReduction::kAdd:
        return put<T>(p, b, indices, [](T a, T update) { return function::sum_of(a, update); });
      case ScatterReduction::kMul:
        return put<T>(p, b, indices, [](T a, T update) { return function::product_of(a, update); });
      case ScatterReduction::kMin:
        return put<T>(p, b, indices, [](T a, T update) { return function::smaller_of(a, update); });
      default:
        return put<T>(p, b, indices, [](T a, T update) { return function::larger_of(a, update); });
    }
  }

  template <typename T, typename Index, typename Join>
  static void put(const Params& p, const Buffers& b, const Index* indices, Join join) {
    const T* update = static_cast<const T*>(b.updates);
    auto* output = static_cast<T*>(b.output);
    for_each_run(p, p.output_strides, [&](int32_t index, int32_t element) {
      for (int32_t i = 0; i < p.extents[5]; ++i) {
        T& to = output[element + i * p.output_strides[5] + place_of(p, indices + index + i * p.index_strides[5])];
        to = join(to, *update++);
      }
    });
  }
};

}  // namespace tmc::kernels::portable
