// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a sum of an integer recurrent layer becomes a number, as LiteRT's LSTM has it.

#include "tmc/base/fixed_point.hpp"

namespace tmc::kernels::portable {

struct GateScale {
  int32_t multiplier, shift;

  constexpr GateScale(int32_t of_multiplier, int32_t of_shift) : multiplier(of_multiplier), shift(of_shift) {}

  // The scaled sum and `number`, of 16 bits, saturated to 16 bits. A scaled sum fits 31 bits but for the most extreme
  // ones, which wrap as the reference's do.
  constexpr int32_t added(int32_t sum, int32_t number) const {
    const int32_t scaled = multiply_by_quantized_multiplier(sum, multiplier, shift);
    const auto both = static_cast<int32_t>(static_cast<uint32_t>(number) + static_cast<uint32_t>(scaled));
    return clamp(both, INT16_MIN, INT16_MAX);
  }
};

}  // namespace tmc::kernels::portable
