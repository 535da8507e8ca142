// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two elements a word, each product requantised in a few instructions (detail/rescale.hpp).

#include "tmc/kernels/armv7em/detail/int16_elements.hpp"
#include "tmc/kernels/armv7em/detail/rescale.hpp"
#include "tmc/kernels/portable/mul.hpp"

namespace tmc::kernels::armv7em {

struct MulS16 : ImplementationOf<kernels::MulS16> {
  using Portable = portable::MulS16;

  static constexpr bool applies(const Params& p) {
    return Portable::applies(p) && has_dense_rows(p) && p.output_multiplier > 0 && p.output_shift <= 0 &&
           has_rescale(p.output_multiplier, p.output_shift);
  }
  static constexpr Overlap overlap(const Params& p, int buffer) { return Portable::overlap(p, buffer); }
  static constexpr double instructions(const Params& p) {
    const double elements = static_cast<double>(broadcast_elements(p));
    return 30 + 15 * elements / broadcast_rows(p).length + 9 * elements;
  }

  static void run(Params p, Buffers b) {
    const Rescale rescale = rescale_of(p.output_multiplier, p.output_shift);
    map_rows_int16(p, b.a, b.b, b.output, [&](int32_t a, int32_t other) {
      return limited_s16(rescaled(a * other, rescale), p.activation_min, p.activation_max);
    });
  }
};

}  // namespace tmc::kernels::armv7em
