// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/quantize_dynamic.hpp"

#include <string.h>

#include "tmc/kernels/highway/detail/quantize.hpp"

namespace tmc::kernels::highway {

void QuantizeDynamic::run(Params p, Buffers b) {
  auto* const headers = static_cast<DynamicQuantization*>(b.output);
  int8_t* const output = static_cast<int8_t*>(b.output) + dynamic_header_bytes(p.batch);
  for (int32_t item = p.batch; item-- > 0;) {
    const float* const input = b.input + item * p.elements;
    int8_t* const elements = output + item * p.elements;
    const auto [low, high] = range_of_floats(input, p.elements);
    const float largest = magnitude({low, high});
    if (counts_as_zero(largest)) {
      memset(elements, 0, static_cast<size_t>(p.elements));
      headers[item] = {1, 0};
      continue;
    }
    const DynamicQuantization made = quantization_of(p, {low, high});
    quantize_multiplied({.input = input,
                         .elements = p.elements,
                         .inverse = p.asymmetric != 0 ? 1 / made.scale : 127 / largest,
                         .zero_point = made.zero_point,
                         .low = p.asymmetric != 0 ? -128 : -127,
                         .output = elements});
    headers[item] = made;
  }
  // Up to the elements.
  memset(headers + p.batch, 0, static_cast<size_t>(output - reinterpret_cast<int8_t*>(headers + p.batch)));
}

}  // namespace tmc::kernels::highway
