// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/quantization.hpp"

#include <cmath>
#include <limits>

namespace tmc {
namespace {

constexpr double kQ31 = static_cast<double>(int64_t{1} << 31);

}  // namespace

FixedMultiplier quantize_multiplier(double real) {
  if (!(real > 0)) return {};
  int exponent = 0;
  const double fraction = std::frexp(real, &exponent);
  auto fixed = static_cast<int64_t>(std::round(fraction * kQ31));
  if (fixed == int64_t{1} << 31) {
    fixed /= 2;
    ++exponent;
  }
  if (exponent < -31) return {};
  if (exponent > 30) return {std::numeric_limits<int32_t>::max(), 30};
  return {static_cast<int32_t>(fixed), exponent};
}

FixedMultiplier quantize_multiplier_for_one_rounding(double real) {
  const bool has_shift_and_bits = real >= 0x1p-13 && real < 0.5;
  return has_shift_and_bits ? FixedMultiplier{static_cast<int32_t>(std::round(real * kQ31)), 0}
                            : quantize_multiplier(real);
}

}  // namespace tmc
