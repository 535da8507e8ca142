// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two elements a word, each requantised in a few instructions (detail/rescale.hpp).

#include "tmc/kernels/armv7em/detail/int16_elements.hpp"
#include "tmc/kernels/armv7em/detail/rescale.hpp"
#include "tmc/kernels/portable/add.hpp"

namespace tmc::kernels::armv7em {

struct AddS16 : ImplementationOf<kernels::AddS16> {
  using Portable = portable::AddS16;

  static constexpr bool applies(const Params& p) {
    return Portable::applies(p) && has_dense_rows(p) && halves(p.a_multiplier, p.a_shift) &&
           halves(p.b_multiplier, p.b_shift) && p.output_shift <= 0 && has_rescale(p.output_multiplier, p.output_shift);
  }
  static constexpr Overlap overlap(const Params& p, int buffer) { return Portable::overlap(p, buffer); }
  static constexpr double instructions(const Params& p) {
    const double elements = static_cast<double>(broadcast_elements(p));
    return 30 + 15 * elements / broadcast_rows(p).length + 18 * elements;
  }

  static void run(Params p, Buffers b) {
    const Rescale of_a = rescale_of(p.a_multiplier, p.a_shift);
    const Rescale of_b = rescale_of(p.b_multiplier, p.b_shift);
    const Rescale of_sum = rescale_of(p.output_multiplier, p.output_shift);
    map_rows_int16(p, b.a, b.b, b.output, [&](int32_t a, int32_t other) {
      const int32_t scaled_a = rescaled(a * (1 << Contract::kLeftShift), of_a);
      const int32_t scaled_b = rescaled(other * (1 << Contract::kLeftShift), of_b);
      return limited_s16(rescaled(scaled_a + scaled_b, of_sum), p.activation_min, p.activation_max);
    });
  }

 private:
  // By one half at most, so that a sum stays below 2^30.
  static constexpr bool halves(int32_t multiplier, int32_t shift) {
    return has_rescale(multiplier, shift) &&
           (shift < 0 || (shift == 0 && (multiplier == 1 << 30 || multiplier == -(1 << 30))));
  }
};

}  // namespace tmc::kernels::armv7em
