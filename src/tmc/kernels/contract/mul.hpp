// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = a * b, element by element, with broadcasting, of int8 and int16: the product of the differences from the
// zero points, requantised with two roundings (base/fixed_point.hpp), then + output_zero_point and clamped to
// [activation_min, activation_max]. Extents and strides as in add. Zero points of int16 are 0, as in TFLite. No model
// constants.

#include "tmc/kernels/contract/detail/buffers.hpp"

namespace tmc::kernels {

struct MulOf {
  static constexpr Access kAccess = Access::kBroadcast;
  TMC_PARAMS(int32_t extents[4]; int32_t a_strides[4]; int32_t b_strides[4]; int32_t a_zero_point, b_zero_point;
             int32_t output_zero_point, output_multiplier, output_shift; int32_t activation_min, activation_max;)
  static constexpr const auto& kBuffers = kBinaryBuffers;
};

struct MulS8 : MulOf {
  static constexpr const char* kName = "mul_s8";
  using Buffers = BinaryBuffers<int8_t>;
};

struct MulS16 : MulOf {
  static constexpr const char* kName = "mul_s16";
  using Buffers = BinaryBuffers<int16_t>;
};

}  // namespace tmc::kernels
