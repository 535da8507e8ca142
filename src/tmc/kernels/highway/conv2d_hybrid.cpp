// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/conv2d_hybrid.hpp"

#include <string.h>

#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::kernels::highway {

int64_t Conv2dHybrid::scratch_bytes(const Params& p) {
  return p.input_c % kQuad == 0 ? 0 : round_up(p.input_c, kQuad);
}

void Conv2dHybrid::run(Params p, Buffers b) {
  const auto* const headers = static_cast<const DynamicQuantization*>(b.input);
  const auto* const elements = static_cast<const int8_t*>(b.input) + dynamic_header_bytes(p.batch);
  const int64_t pixels = int64_t{p.output_h} * p.output_w;
  for (int64_t row = 0; row < p.batch * pixels; ++row) {
    const int8_t* input = elements + row * p.input_c;
    if (p.input_c % kQuad != 0) {
      // What lies behind a row meets weights of 0.
      memcpy(b.scratch, input, static_cast<size_t>(p.input_c));
      input = static_cast<const int8_t*>(b.scratch);
    }
    const DynamicQuantization& quantization = headers[row / pixels];
    multiply_hybrid_row({.input = input,
                         .quads = round_up(p.input_c, kQuad) / kQuad,
                         .zero_point = quantization.zero_point,
                         .scale = quantization.scale,
                         .weights = static_cast<const int8_t*>(b.weights),
                         .weight_scale = b.weight_scale,
                         .bias = b.bias,
                         .outputs = p.output_c,
                         .low = p.activation_min,
                         .high = p.activation_max,
                         .output = b.output + row * p.output_c});
  }
}

}  // namespace tmc::kernels::highway
