// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What samplers take as integers, of the numbers that people write. Rounded to the nearest; rounding here is the last
// that is not exact.

#include <cmath>
#include <cstdint>

#include "tmc/stream/sampler.hpp"

namespace tmc::stream {

// In units of 2^-16. What they do not hold, what is below zero or no number among it, is UINT32_MAX, which is in the
// range of no option.
inline uint32_t q16(double value) {
  const double scaled = std::round(value * kOneQ16);
  return scaled >= 0 && scaled < UINT32_MAX ? static_cast<uint32_t>(scaled) : UINT32_MAX;
}

// Quantised logits with that scale, in [2^-31, 2^31].
inline Logits quantized_logits(LogitType type, double scale, int32_t zero_point) {
  int exponent = 0;
  const double fraction = std::frexp(scale, &exponent);  // in [1/2, 1)
  Logits logits;
  logits.type = type;
  logits.zero_point = zero_point;
  logits.multiplier = static_cast<uint32_t>(std::lround(std::ldexp(fraction, 30)));
  logits.shift = 30 - exponent;
  return logits;
}

}  // namespace tmc::stream
