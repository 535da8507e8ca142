// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Scales that TFLite takes for powers of two, for which some of its kernels of int16 have other arithmetic.

#include <cmath>
#include <optional>

namespace tmc {

// The exponent of the power of two that a scale is up to a thousandth of its logarithm; nullopt for others.
inline std::optional<int> power_of_two_exponent(float scale) {
  const float log2 = std::log(scale) * (1 / std::log(2.0F));
  const float rounded = std::round(log2);
  return std::abs(log2 - rounded) < 1e-3F ? std::optional(static_cast<int>(rounded)) : std::nullopt;
}

}  // namespace tmc
