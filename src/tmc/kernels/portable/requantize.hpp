// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/contract/requantize.hpp"
#include "tmc/kernels/portable/detail/convert.hpp"

namespace tmc::kernels::portable {

struct Requantize : ImplementationOf<kernels::Requantize> {
  static constexpr bool applies(const Params& p) {
    return is_quantized_dtype(p.input_dtype) && is_quantized_dtype(p.output_dtype) &&
           p.activation_min >= dtype_min(static_cast<DType>(p.output_dtype)) &&
           p.activation_max <= dtype_max(static_cast<DType>(p.output_dtype));
  }
  static constexpr Overlap overlap(const Params& p, int) {
    return convert_overlap(p.elements, dtype_bytes(static_cast<DType>(p.input_dtype)),
                           dtype_bytes(static_cast<DType>(p.output_dtype)));
  }
  static constexpr double instructions(const Params& p) { return 20.0 * p.elements; }

  static void run(Params p, Buffers b) {
    with_quantized_type(p.input_dtype, [&](auto in) {
      with_quantized_type(p.output_dtype, [&](auto out) {
        using Out = decltype(out);
        convert_elements(
            p.elements, static_cast<const decltype(in)*>(b.input), static_cast<Out*>(b.output), [&](int32_t value) {
              const int32_t scaled =
                  multiply_by_quantized_multiplier(value - p.input_zero_point, p.multiplier, p.shift);
              return static_cast<Out>(clamp(scaled + p.output_zero_point, p.activation_min, p.activation_max));
            });
      });
    });
  }
};

}  // namespace tmc::kernels::portable
