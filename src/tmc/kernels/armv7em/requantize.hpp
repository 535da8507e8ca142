// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From i16 to all of i8, two elements a word, requantised in three instructions (detail/channel.hpp). A difference from
// the zero point is below 2^17, so that right shifts from 2 to 15 are exact.

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/armv7em/detail/channel.hpp"
#include "tmc/kernels/contract/requantize.hpp"

namespace tmc::kernels::armv7em {

struct Requantize : ImplementationOf<kernels::Requantize> {
  static constexpr int32_t kMostShift = 15;

  static constexpr bool applies(const Params& p) {
    return p.input_dtype == static_cast<int32_t>(DType::kI16) && p.output_dtype == static_cast<int32_t>(DType::kI8) &&
           has_short_form(p.multiplier, p.shift, kMostShift) && p.activation_min == -128 && p.activation_max == 127;
  }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 30 + 6.5 * p.elements; }

  static void run(Params p, Buffers b) {
    const Requantization requantization = short_form(p.multiplier, p.shift);
    const auto* input = static_cast<const int8_t*>(b.input);
    auto* output = static_cast<int8_t*>(b.output);
    const auto put = [&](int32_t value, int8_t* to) {
      store_s8(requantized(value - p.input_zero_point, requantization, p.output_zero_point), to);
    };
    for (const int8_t* end = output + p.elements / 4 * 4; output != end; input += 8, output += 4) {
      const int32_t first = load_word(input);
      const int32_t second = load_word(input + 4);
      put(bottom(first), output);
      put(top(first), output + 1);
      put(bottom(second), output + 2);
      put(top(second), output + 3);
    }
    for (int32_t i = 0; i < p.elements % 4; ++i) {
      int16_t value;
      __builtin_memcpy(&value, input + 2 * i, sizeof value);
      put(value, output + i);
    }
  }
};

}  // namespace tmc::kernels::armv7em
