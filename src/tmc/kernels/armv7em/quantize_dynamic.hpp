// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Symmetric items: two walks, of three and six instructions an element, the second from the last element to the first.
// Nothing needs to be saturated, as the largest magnitude becomes 127.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/quantize_dynamic.hpp"

namespace tmc::kernels::armv7em {

struct QuantizeDynamic : ImplementationOf<kernels::QuantizeDynamic> {
  static constexpr bool applies(const Params& p) { return p.asymmetric == 0; }
  // The end of a single item may lie at the end of the input: elements shrink, and the header is written last.
  static constexpr Overlap overlap(const Params& p, int) {
    return p.batch == 1 ? Overlap{Overlap::Kind::kBackward, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) { return p.batch * (40 + 9.0 * p.elements); }

  static void run(Params p, Buffers b) {
    auto* headers = static_cast<DynamicQuantization*>(b.output);
    int8_t* const output = static_cast<int8_t*>(b.output) + dynamic_header_bytes(p.batch);
    for (int32_t item = p.batch; item-- > 0;) {
      headers[item] = quantize(b.input + item * p.elements, p.elements, output + item * p.elements);
    }
    // Up to the elements.
    for (int32_t i = p.batch; i * int64_t{sizeof(DynamicQuantization)} < dynamic_header_bytes(p.batch); ++i)
      headers[i] = {};
  }

 private:
  [[gnu::noinline]] static DynamicQuantization quantize(const float* input, int32_t count, int8_t* output) {
    const float magnitude = magnitude_of(input, count);
    const bool is_zero = counts_as_zero(magnitude);
    const float factor = is_zero ? 0 : 127 / magnitude;
    input += count;
    output += count;
#pragma GCC unroll 4
    for (const float* const begin = input - count; input != begin;) {
      *--output = static_cast<int8_t>(round_f32(*--input * factor));
    }
    return {is_zero ? 1 : magnitude / 127, 0};
  }

  static float magnitude_of(const float* input, int32_t count) {
    float largest = 0;
#pragma GCC unroll 4
    for (const float* const end = input + count; input != end;) {
      largest = max_f32(largest, __builtin_fabsf(*input++));
    }
    return largest;
  }
};

}  // namespace tmc::kernels::armv7em
