// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one element at a time, straight from the contract.

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
      return p.tanh ? tanh(b.sigmoids, q) : sigmoid(b.sigmoids, q);
    });
  }

 private:
  // The logistic function of |q| with 16 + fraction_bits fractional bits.
  static int32_t of_magnitude(const uint16_t* sigmoids, int32_t q, int32_t fraction_bits, int32_t one) {
    const int32_t magnitude = q < 0 ? -q : q;
    const int32_t step = magnitude >> fraction_bits;
    if (step >= 255) return one;
    const int32_t slope = sigmoids[step + 1] - sigmoids[step];
    return (sigmoids[step] << fraction_bits) + slope * (magnitude & ((1 << fraction_bits) - 1));
  }
  static int16_t sigmoid(const uint16_t* sigmoids, int32_t q) {
    const int32_t value = of_magnitude(sigmoids, q, 9, INT16_MAX << 10);
    const int32_t rounded = q >= 0 ? value + (1 << 9) : (1 << 25) - value + (1 << 9) - 1;
    return static_cast<int16_t>(rounded >> 10);
  }
  static int16_t tanh(const uint16_t* sigmoids, int32_t q) {
    const int32_t centred = of_magnitude(sigmoids, q, 8, UINT16_MAX << 8) - (1 << 23);
    const int32_t rounded = q >= 0 ? centred + (1 << 7) : -centred + (1 << 7) - 1;
    return static_cast<int16_t>(rounded >> 8);
  }
};

}  // namespace tmc::kernels::portable
