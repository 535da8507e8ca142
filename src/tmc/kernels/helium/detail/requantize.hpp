// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Requantisation of four sums, bit for bit as base/fixed_point.hpp has it.
//
// The first rounding, saturating_rounding_doubling_high_mul, is VQRDMULH. It adds 2^30 to a product that is not
// negative and 1 - 2^30 to a negative one, and divides by 2^31 towards zero. For a negative product p, with C++'s
// division, trunc((p + 1 - 2^30) / 2^31) = ceil((p + 1 - 2^30) / 2^31) = floor((p + 2^30) / 2^31), since the numerator
// is never positive and ceil(n / d) = floor((n + d - 1) / d). That is what VQRDMULH does for either sign; both saturate
// the one product that needs it.
//
// The second, rounding_divide_by_pot, takes ties away from zero, and VRSHL takes them up. They differ on negative ties
// only. One less before the shift moves a negative tie down to the next value and nothing else: a value that is no tie
// is at least one above the next tie below it, so that its quotient stays. A shift by nothing has no ties and must stay
// as it is, and so has INT32_MIN, which is why the one is added with saturation.

#include "tmc/kernels/helium/detail/intrinsics.hpp"

namespace tmc::kernels::helium {

struct OutputRange {
  int32_t zero_point, low, high;
};

// rounding_divide_by_pot; `shift` holds the negative exponents.
inline S32x4 rounding_divide_by_pot(S32x4 values, S32x4 shift) {
  return vrshl(vqadd(values, vshr_sign(vand(values, shift))), shift);
}
inline S32x4 rounding_divide_by_pot(S32x4 values, int32_t shift) {
  return shift == 0 ? values : vrshl(vqadd(values, vshr_sign(values)), shift);
}

// A positive shift is to the left and comes first.
inline S32x4 multiply_by_quantized_multiplier(S32x4 values, S32x4 multiplier, S32x4 shift) {
  const S32x4 none = vdup_s32(0);
  return rounding_divide_by_pot(vqrdmulh(vshl(values, vmax(shift, none)), multiplier), vmin(shift, none));
}
inline S32x4 multiply_by_quantized_multiplier(S32x4 values, int32_t multiplier, int32_t shift) {
  if (shift > 0) return vqrdmulh(vshl(values, shift), multiplier);
  return rounding_divide_by_pot(vqrdmulh(values, multiplier), shift);
}

inline S32x4 to_output(S32x4 scaled, const OutputRange& range) {
  return vmin(vmax(vadd(scaled, range.zero_point), vdup_s32(range.low)), vdup_s32(range.high));
}

}  // namespace tmc::kernels::helium
