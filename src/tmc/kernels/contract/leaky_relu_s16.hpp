// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = requantise(input) by multiplier and shift where the input is not negative, by the negative ones where it is
// (a negative slope has a negative multiplier); saturated. Zero points are 0. Requantise: two roundings
// (base/fixed_point.hpp). No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct LeakyReluS16 {
  static constexpr const char* kName = "leaky_relu_s16";

  static constexpr Access kAccess = Access::kElements;
  TMC_PARAMS(int32_t elements; int32_t multiplier, shift; int32_t negative_multiplier, negative_shift;)

  using Buffers = UnaryBuffers<int16_t>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
