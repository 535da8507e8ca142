// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rounding of reals to those that a floating-point format of a few bits has.

#include "tmc/function/types.hpp"

namespace tmc::function {

// A format: bits of the mantissa behind the point, the exponent of its least normal number, its greatest number, and
// what it has beyond that.
struct NarrowFloat {
  int32_t mantissa, least_exponent;
  float greatest;
  bool has_infinity = false, has_nan = true;
  bool has_negative_zero = true;
};

// The nearest number of the format, of two that are as near the one with the even mantissa. What is beyond the greatest
// becomes that with `saturates`, else infinite or no number.
template <typename Real>
Real rounded_to(const NarrowFloat& format, Real x, bool saturates) {
  const Real infinity = static_cast<Real>(__builtin_inff());
  const Real nan = static_cast<Real>(__builtin_nanf(""));
  if (__builtin_isnan(x) != 0) return format.has_nan ? nan : Real(0);
  const Real greatest = static_cast<Real>(format.greatest);
  const bool is_negative = x < 0 || (x == 0 && 1 / x < 0);
  Real size = is_negative ? -x : x;
  Real step = 1;
  for (int32_t i = format.least_exponent - format.mantissa; i < 0; ++i) step /= 2;
  Real next = step;  // the number whose exponent is greater
  for (int32_t i = 0; i <= format.mantissa; ++i) next *= 2;
  if (size < 2 * greatest) {
    for (; size >= next; next *= 2) step *= 2;
    const auto whole = static_cast<int32_t>(size / step);
    const Real rest = size / step - static_cast<Real>(whole);
    const bool goes_up = rest > Real(0.5) || (rest == Real(0.5) && whole % 2 != 0);
    size = static_cast<Real>(whole + (goes_up ? 1 : 0)) * step;
  }
  if (size > greatest) size = saturates || !format.has_nan ? greatest : format.has_infinity ? infinity : nan;
  if (size == 0 && !format.has_negative_zero) return 0;
  return is_negative ? -size : size;
}

}  // namespace tmc::function
