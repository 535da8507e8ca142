// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Between scales of int16, and into a range: two elements a word, each requantised in a few instructions
// (detail/rescale.hpp).

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/armv7em/detail/int16_elements.hpp"
#include "tmc/kernels/armv7em/detail/rescale.hpp"
#include "tmc/kernels/portable/requantize.hpp"

namespace tmc::kernels::armv7em {

struct RequantizeS16 : ImplementationOf<kernels::Requantize> {
  static constexpr bool applies(const Params& p) {
    constexpr auto kInt16 = static_cast<int32_t>(DType::kI16);
    return portable::Requantize::applies(p) && p.input_dtype == kInt16 && p.output_dtype == kInt16 &&
           p.multiplier > 0 && has_rescale(p.multiplier, p.shift);
  }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 30 + 9.0 * p.elements; }

  static void run(Params p, Buffers b) {
    const Rescale rescale = rescale_of(p.multiplier, p.shift);
    map_int16(static_cast<const int16_t*>(b.input), static_cast<int16_t*>(b.output), p.elements, [&](int32_t value) {
      const int32_t scaled = rescaled(value - p.input_zero_point, rescale);
      return limited_s16(wrapping_add(scaled, p.output_zero_point), p.activation_min, p.activation_max);
    });
  }
};

}  // namespace tmc::kernels::armv7em
