// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: position by position, head by head.

#include "tmc/base/fixed_point.hpp"
#include "tmc/base/math.hpp"
#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/contract/rotary_embedding.hpp"

namespace tmc::kernels::portable {

// T: of an element, Angle: of a cosine. No angle is the least of its type, which has no negative.
template <typename ContractOf, typename T, typename Angle>
struct RotaryImplementation : ImplementationOf<ContractOf> {
  using typename ImplementationOf<ContractOf>::Params;

  // Both elements of a pair are read before either is written.
  static constexpr Overlap overlap(const Params&, int buffer) {
    return buffer == 0 ? Overlap{Overlap::Kind::kSameBegin, 0} : kNoOverlap;
  }

 protected:
  static constexpr bool has_shape(const Params& p, int64_t elements, int64_t angles) {
    return p.rotated >= 2 && p.rotated % 2 == 0 && p.rotated <= p.size && (p.batches == 1 || p.batches == p.batch) &&
           elements == product_of(p.batch, p.length, p.heads, p.size) &&
           angles == product_of(p.batches, p.length, p.rotated / 2);
  }

  template <typename Line, typename Rest>
  static void turn_all(const Params& p, const T* input, const Angle* cosine, const Angle* sine, T* output, Line line,
                       Rest rest) {
    const int32_t pairs = p.rotated / 2, head_count = p.batch * p.length * p.heads;
    const int32_t step = p.interleaved != 0 ? 2 : 1, apart = p.interleaved != 0 ? 1 : pairs;
    for (int32_t head = 0; head < head_count; ++head, input += p.size, output += p.size) {
      const int32_t position = head / p.heads;
      const int32_t angles = (p.batches == 1 ? position % p.length : position) * pairs;
      for (int32_t i = 0; i < pairs; ++i) {
        const T first = input[i * step], second = input[i * step + apart];
        const Angle c = cosine[angles + i], s = sine[angles + i];
        output[i * step] = line(first, c, second, static_cast<Angle>(-s));
        output[i * step + apart] = line(first, s, second, c);
      }
      for (int32_t i = p.rotated; i < p.size; ++i) output[i] = rest(input[i]);
    }
  }
};

struct RotaryEmbeddingF32 : RotaryImplementation<kernels::RotaryEmbeddingF32, float, float> {
  static constexpr bool applies(const Params& p) {
    return has_shape(p, p.input_elements, p.cosine_elements) && p.output_elements == p.input_elements &&
           p.sine_elements == p.cosine_elements;
  }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.length * p.heads * (20 + 8.0 * p.rotated + 3.0 * (p.size - p.rotated));
  }

  static void run(Params p, Buffers b) {
    turn_all(
        p, b.input, b.cosine, b.sine, b.output,
        [](float x, float a, float y, float c) { return rounded_f32(x * a) + rounded_f32(y * c); },
        [](float x) { return x; });
  }
};

struct RotaryEmbeddingS8 : RotaryImplementation<kernels::RotaryEmbeddingS8, int8_t, int16_t> {
  static constexpr bool applies(const Params& p) {
    return has_shape(p, p.elements, p.cosine_elements) && p.sine_elements == p.cosine_elements && p.shift > 0 &&
           p.shift <= 22 && p.factor > INT16_MIN && p.factor <= INT16_MAX;
  }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.length * p.heads * (20 + 11.0 * p.rotated + 8.0 * (p.size - p.rotated));
  }

  static void run(Params p, Buffers b) {
    const int32_t addend = p.output_zero_point * (1 << p.shift) + (1 << (p.shift - 1));
    const auto narrowed = [&](int32_t sum) { return static_cast<int8_t>(clamp((sum + addend) >> p.shift, -128, 127)); };
    const auto line = [&](int8_t x, int32_t a, int8_t y, int32_t c) {
      return narrowed((x - p.input_zero_point) * a + (y - p.input_zero_point) * c);
    };
    turn_all(p, b.input, b.cosine, b.sine, b.output, line,
             [&](int8_t x) { return narrowed((x - p.input_zero_point) * p.factor); });
  }
};

}  // namespace tmc::kernels::portable
