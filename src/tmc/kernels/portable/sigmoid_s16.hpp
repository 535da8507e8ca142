// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

#include "tmc/kernels/common/sigmoid_table.hpp"
#include "tmc/kernels/contract/sigmoid_s16.hpp"
#include "tmc/kernels/portable/detail/convert.hpp"

namespace tmc::kernels::portable {

struct SigmoidS16 : ImplementationOf<kernels::SigmoidS16> {
  static constexpr bool applies(const Params& p) {
    const int32_t most = p.shift == 0 ? Contract::kMaxUnshifted : INT16_MAX;
    return p.multiplier >= 0 && p.multiplier <= most && p.shift >= 0 && p.shift <= 31;
  }
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) { return 25.0 * p.elements; }

  static void run(Params p, Buffers b) {
    const int32_t half = p.shift > 0 ? 1 << (p.shift - 1) : 0;
    convert_elements(p.elements, b.input, b.output, [&](int16_t value) {
      const int32_t q = (value * p.multiplier + half) >> p.shift;
      return p.tanh ? tanh_by_table(b.sigmoids, q) : sigmoid_by_table(b.sigmoids, q);
    });
  }
};

}  // namespace tmc::kernels::portable
