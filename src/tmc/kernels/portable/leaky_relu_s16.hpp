// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/contract/leaky_relu_s16.hpp"
#include "tmc/kernels/portable/detail/convert.hpp"

namespace tmc::kernels::portable {

struct LeakyReluS16 : ImplementationOf<kernels::LeakyReluS16> {
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 22.0 * p.elements; }

  static void run(Params p, Buffers b) {
    convert_elements(p.elements, b.input, b.output, [&p](int16_t value) {
      const int32_t scaled = value >= 0
                                 ? multiply_by_quantized_multiplier(value, p.multiplier, p.shift)
                                 : multiply_by_quantized_multiplier(value, p.negative_multiplier, p.negative_shift);
      return static_cast<int16_t>(clamp(scaled, INT16_MIN, INT16_MAX));
    });
  }
};

}  // namespace tmc::kernels::portable
