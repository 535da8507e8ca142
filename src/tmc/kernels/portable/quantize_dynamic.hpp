// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: two walks over every item, the second from the last element to the first.

#include "tmc/base/fixed_point.hpp"
#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/quantize_dynamic.hpp"

namespace tmc::kernels::portable {

struct QuantizeDynamic : ImplementationOf<kernels::QuantizeDynamic> {
  // The end of a single item may lie at the end of the input: elements shrink, and the header is written last.
  static constexpr Overlap overlap(const Params& p, int) {
    return p.batch == 1 ? Overlap{Overlap::Kind::kBackward, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) { return 20.0 * p.batch * p.elements; }

  static void run(Params p, Buffers b) {
    auto* headers = static_cast<DynamicQuantization*>(b.output);
    int8_t* output = static_cast<int8_t*>(b.output) + dynamic_header_bytes(p.batch);
    for (int32_t item = p.batch; item-- > 0;) {
      const float* input = b.input + item * p.elements;
      const Range range = range_of(p, input);
      const bool is_zero = counts_as_zero(magnitude(range));
      const DynamicQuantization made = is_zero ? DynamicQuantization{1, 0} : quantization_of(p, range);
      const float inverse = p.asymmetric ? 1 / made.scale : 127 / magnitude(range);
      const float offset = static_cast<float>(made.zero_point);
      const int32_t low = p.asymmetric ? -128 : -127;
      int8_t* const elements = output + item * p.elements;
      for (int32_t i = is_zero ? p.elements : 0; i-- > 0;) elements[i] = 0;
      for (int32_t i = is_zero ? 0 : p.elements; i-- > 0;) {
        elements[i] = static_cast<int8_t>(clamp(round_f32(rounded_f32(input[i] * inverse) + offset), low, 127));
      }
      headers[item] = made;
    }
    // Up to the elements.
    for (int32_t i = p.batch; i * int64_t{sizeof(DynamicQuantization)} < dynamic_header_bytes(p.batch); ++i)
      headers[i] = {};
  }

 protected:
  struct Range {
    float low, high;
  };

  static float magnitude(const Range& range) { return max_f32(-range.low, range.high); }

  // LiteRT computes the asymmetric range in double.
  static DynamicQuantization quantization_of(const Params& p, const Range& range) {
    if (!p.asymmetric) return {magnitude(range) / 127, 0};
    const auto low = static_cast<double>(range.low);
    const auto high = static_cast<double>(range.high);
    const double scale = (high - low) / 255;
    const double from_low = -128 - low / scale;
    const double from_high = 127 - high / scale;
    const double zero_point = 128 - low / scale < 127 + high / scale ? from_low : from_high;
    return {static_cast<float>(scale), clamp(round_f32(static_cast<float>(zero_point)), -128, 127)};
  }

 private:
  static Range range_of(const Params& p, const float* input) {
    Range range{0, 0};
    for (int32_t i = 0; i < p.elements; ++i) {
      range.low = min_f32(range.low, input[i]);
      range.high = max_f32(range.high, input[i]);
    }
    return range;
  }
};

}  // namespace tmc::kernels::portable
