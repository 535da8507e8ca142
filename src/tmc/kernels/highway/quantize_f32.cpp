// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/quantize_f32.hpp"

#include "tmc/kernels/highway/detail/quantize.hpp"

namespace tmc::kernels::highway {

void QuantizeF32::run(Params p, Buffers b) {
  quantize_divided({.input = b.input,
                    .elements = p.elements,
                    .scale = p.scale,
                    .zero_point = p.zero_point,
                    .ties_to_even = p.ties_to_even != 0,
                    .output = static_cast<int8_t*>(b.output)});
}

}  // namespace tmc::kernels::highway
