// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract. What reads or writes int32 is a
// kernel of its own, so that others do not carry its code.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/wrapping.hpp"
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
        requantize_elements(p, static_cast<const decltype(in)*>(b.input), static_cast<decltype(out)*>(b.output));
      });
    });
  }

  template <typename In, typename Out>
  static void requantize_elements(const Params& p, const In* input, Out* output) {
    convert_elements(p.elements, input, output, [&](int32_t value) {
      const int32_t scaled =
          multiply_by_quantized_multiplier(wrapping_add(value, -p.input_zero_point), p.multiplier, p.shift);
      return static_cast<Out>(clamp(wrapping_add(scaled, p.output_zero_point), p.activation_min, p.activation_max));
    });
  }
};

struct RequantizeS32 : ImplementationOf<kernels::RequantizeS32> {
  static constexpr bool applies(const Params& p) {
    return (is_wide(p.input_dtype) || is_quantized_dtype(p.input_dtype)) &&
           (is_wide(p.output_dtype) || is_quantized_dtype(p.output_dtype)) &&
           (is_wide(p.input_dtype) || is_wide(p.output_dtype)) &&
           p.activation_min >= dtype_min(static_cast<DType>(p.output_dtype)) &&
           p.activation_max <= dtype_max(static_cast<DType>(p.output_dtype));
  }
  static constexpr Overlap overlap(const Params& p, int buffer) { return Requantize::overlap(p, buffer); }
  static constexpr double instructions(const Params& p) { return Requantize::instructions(p); }

  static void run(Params p, Buffers b) {
    const auto* wide = static_cast<const int32_t*>(b.input);
    if (is_wide(p.input_dtype) && is_wide(p.output_dtype)) {
      Requantize::requantize_elements(p, wide, static_cast<int32_t*>(b.output));
    } else if (is_wide(p.input_dtype)) {
      with_quantized_type(p.output_dtype, [&](auto out) {
        Requantize::requantize_elements(p, wide, static_cast<decltype(out)*>(b.output));
      });
    } else {
      with_quantized_type(p.input_dtype, [&](auto in) {
        Requantize::requantize_elements(p, static_cast<const decltype(in)*>(b.input), static_cast<int32_t*>(b.output));
      });
    }
  }

 private:
  static constexpr bool is_wide(int32_t dtype) { return dtype == static_cast<int32_t>(DType::kI32); }
};

}  // namespace tmc::kernels::portable
