// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one product after the other.

#include "tmc/base/dtype.hpp"
#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/wrapping.hpp"
#include "tmc/kernels/contract/channel_products_s8.hpp"

namespace tmc::kernels::portable {

struct ChannelProductsS8 : ImplementationOf<kernels::ChannelProductsS8> {
  static constexpr bool applies(const Params& p) {
    return p.input_dtype == static_cast<int32_t>(DType::kI8) || p.input_dtype == static_cast<int32_t>(DType::kI16);
  }
  static constexpr double instructions(const Params& p) { return p.batch * p.channels * (30 + 7.0 * p.depth); }

  static void run(Params p, Buffers b) {
    if (p.input_dtype == static_cast<int32_t>(DType::kI16)) {
      run_of(p, static_cast<const int16_t*>(b.input), b);
    } else {
      run_of(p, static_cast<const int8_t*>(b.input), b);
    }
  }

 private:
  template <typename Element>
  static void run_of(const Params& p, const Element* input, const Buffers& b) {
    int8_t* output = b.output;
    for (int32_t row = 0; row < p.batch; ++row) {
      const int16_t* weights = b.weights;
      for (int32_t channel = 0; channel < p.channels; ++channel) {
        auto sum = static_cast<uint32_t>(b.bias[channel]);
        for (int32_t i = 0; i < p.depth; ++i) sum += static_cast<uint32_t>(int32_t{*input++} * *weights++);
        const int32_t scaled = multiply_by_quantized_multiplier(static_cast<int32_t>(sum), p.multiplier, p.shift);
        *output++ = static_cast<int8_t>(clamp(wrapping_add(scaled, p.output_zero_point), -128, 127));
      }
    }
  }
};

}  // namespace tmc::kernels::portable
