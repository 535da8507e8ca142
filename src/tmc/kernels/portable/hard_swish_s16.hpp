// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/contract/hard_swish_s16.hpp"
#include "tmc/kernels/portable/detail/convert.hpp"

namespace tmc::kernels::portable {

struct HardSwishS16 : ImplementationOf<kernels::HardSwishS16> {
  static constexpr bool applies(const Params& p) { return p.three >= 0 && p.three <= 1 << 30 && p.six >= 0; }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 35.0 * p.elements; }

  static void run(Params p, Buffers b) {
    convert_elements(p.elements, b.input, b.output, [&p](int16_t value) {
      const int32_t share =
          clamp(multiply_by_quantized_multiplier(clamp(value + p.three, 0, p.six), p.share_multiplier, p.share_shift),
                0, 1 << 15);
      const int32_t scaled = multiply_by_quantized_multiplier(value * share, p.multiplier, p.shift);
      return static_cast<int16_t>(clamp(scaled, INT16_MIN, INT16_MAX));
    });
  }
};

}  // namespace tmc::kernels::portable
