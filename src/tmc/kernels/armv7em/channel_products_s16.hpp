// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// channel_products_s8 over inputs of int16: two products an instruction, on words of two elements. Rows of an odd
// number of elements begin on half words, which the loads of a Cortex-M7 take.

#include "tmc/base/dtype.hpp"
#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/armv7em/detail/intrinsics.hpp"
#include "tmc/kernels/contract/channel_products_s8.hpp"

namespace tmc::kernels::armv7em {

struct ChannelProductsS16 : ImplementationOf<kernels::ChannelProductsS8> {
  static constexpr bool applies(const Params& p) { return p.input_dtype == static_cast<int32_t>(DType::kI16); }
  static constexpr double instructions(const Params& p) { return 20 + p.batch * p.channels * (24 + 1.9 * p.depth); }

  static void run(Params p, Buffers b) {
    const auto* input = static_cast<const int16_t*>(b.input);
    int8_t* output = b.output;
    for (int32_t row = 0; row < p.batch; ++row) {
      const int16_t* weights = b.weights;
      for (int32_t channel = 0; channel < p.channels; ++channel, input += p.depth, weights += p.depth) {
        const int32_t sum = products(input, weights, p.depth, b.bias[channel]);
        const int32_t scaled = multiply_by_quantized_multiplier(sum, p.multiplier, p.shift);
        *output++ = static_cast<int8_t>(clamp(scaled + p.output_zero_point, -128, 127));
      }
    }
  }

 private:
  static int32_t products(const int16_t* input, const int16_t* weights, int32_t depth, int32_t sum) {
    const int16_t* end = input + depth / 4 * 4;
    for (; input != end; input += 4, weights += 4) {
      sum = smlad(load_word(input), load_word(weights), sum);
      sum = smlad(load_word(input + 2), load_word(weights + 2), sum);
    }
    for (int32_t i = 0; i < depth % 4; ++i) sum = wrapping_add(sum, input[i] * weights[i]);
    return sum;
  }
};

}  // namespace tmc::kernels::armv7em
