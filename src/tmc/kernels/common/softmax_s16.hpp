// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the sum of a row's exponentials to its shares (contract/softmax_s16.hpp). Freestanding; every implementation
// takes it from here.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/contract/detail/interpolation.hpp"

namespace tmc::kernels {

// A share is (exponential * reciprocal + 2^(shift - 1)) >> shift, of 15 bits; shift is at least 14.
struct SharesOfRow {
  int32_t reciprocal, shift;
};

// Of a sum in Q16.15, at least an exponential of 0.
inline SharesOfRow shares_of(const int16_t* reciprocals, int32_t sum) {
  // The sum's mantissa m in Q1.30; m - 1 in Q0.16, centred.
  const int32_t headroom = __builtin_clz(static_cast<uint32_t>(sum)) - 1;
  const auto mantissa = static_cast<int32_t>(((static_cast<uint32_t>(sum) << headroom) + (1 << 13)) >> 14);
  const int32_t centred = clamp(mantissa - (1 << 16) - (1 << 15), INT16_MIN, INT16_MAX);
  return {interpolated(reciprocals, static_cast<int16_t>(centred)), 30 - headroom};
}

}  // namespace tmc::kernels
