// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The functions of contract/sigmoid_s16.hpp out of its table, of q = 12288 x.

#include <stdint.h>

namespace tmc::kernels {

// The logistic function of |q| with 16 + fraction_bits fractional bits; `one` from 255 steps on.
inline int32_t sigmoid_of_magnitude(const uint16_t* sigmoids, int32_t q, int32_t fraction_bits, int32_t one) {
  const int32_t magnitude = q < 0 ? -q : q;
  const int32_t step = magnitude >> fraction_bits;
  if (step >= 255) return one;
  const int32_t slope = sigmoids[step + 1] - sigmoids[step];
  return (sigmoids[step] << fraction_bits) + slope * (magnitude & ((1 << fraction_bits) - 1));
}

inline int16_t sigmoid_by_table(const uint16_t* sigmoids, int32_t q) {
  const int32_t value = sigmoid_of_magnitude(sigmoids, q, 9, INT16_MAX << 10);
  const int32_t rounded = q >= 0 ? value + (1 << 9) : (1 << 25) - value + (1 << 9) - 1;
  return static_cast<int16_t>(rounded >> 10);
}

inline int16_t tanh_by_table(const uint16_t* sigmoids, int32_t q) {
  const int32_t centred = sigmoid_of_magnitude(sigmoids, q, 8, UINT16_MAX << 8) - (1 << 23);
  const int32_t rounded = q >= 0 ? centred + (1 << 7) : -centred + (1 << 7) - 1;
  return static_cast<int16_t>(rounded >> 8);
}

}  // namespace tmc::kernels
