// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/kernels/contract/dequantize_f32.hpp"
#include "tmc/kernels/portable/detail/convert.hpp"

namespace tmc::kernels::portable {

struct DequantizeF32 : ImplementationOf<kernels::DequantizeF32> {
  static constexpr bool applies(const Params& p) { return is_quantized_dtype(p.input_dtype); }
  static constexpr Overlap overlap(const Params& p, int) {
    return convert_overlap(p.elements, dtype_bytes(static_cast<DType>(p.input_dtype)), sizeof(float));
  }
  static constexpr double instructions(const Params& p) { return 8.0 * p.elements; }

  static void run(Params p, Buffers b) {
    with_quantized_type(p.input_dtype, [&](auto type) {
      convert_elements(p.elements, static_cast<const decltype(type)*>(b.input), b.output,
                       [&](int32_t value) { return p.scale * static_cast<float>(value - p.zero_point); });
    });
  }
};

}  // namespace tmc::kernels::portable
