// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// exp(x) in double, freestanding. Error below 2 ULP where the result is normal; 0 below -708, infinity above 709. NaN
// gives NaN. Reduction by Cody and Waite to |r| <= ln(2) / 2, and the series of the exponential up to r^13.

#include <stdint.h>

namespace tmc::kernels::portable {

inline double exp_f64(double x) {
  if (x != x) return x;
  if (x > 709) return __builtin_inf();
  if (x < -708) return 0;
  const double scaled = x * 1.4426950408889634;
  const auto k = static_cast<int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  const double whole = k;
  // The first part has 21 zero bits at its end, so that its product with k is exact.
  const double r = (x - whole * 0.69314718036912382) - whole * 1.9082149292705877e-10;
  double sum = 1;
  for (int32_t i = 13; i > 0; --i) sum = 1 + sum * r / i;
  const uint64_t bits = static_cast<uint64_t>(k + 1023) << 52;
  double power;
  __builtin_memcpy(&power, &bits, sizeof power);
  return sum * power;
}

}  // namespace tmc::kernels::portable
