// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// x * min(max(x + 3, 0), 6) / 6 of int16. TFLite has no such kernel; it is
//
//   share = min(requantise(clamp(input + three, 0, six)) by share_multiplier and share_shift, 2^15)
//   output = requantise(input * share) by multiplier and shift, saturated
//
// where `three` is 3 in steps of the input, rounded, and `six` at least 6; the share (x + 3) / 6 has 15 fractional
// bits. An output is off by half of its steps and by as much of the input's that it is worth. Zero points are 0.
// Requantise: two roundings (base/fixed_point.hpp). No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct HardSwishS16 {
  static constexpr const char* kName = "hard_swish_s16";

  static constexpr Access kAccess = Access::kElements;
  TMC_PARAMS(int32_t elements; int32_t three, six; int32_t share_multiplier, share_shift; int32_t multiplier, shift;)

  using Buffers = UnaryBuffers<int16_t>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

}  // namespace tmc::kernels
