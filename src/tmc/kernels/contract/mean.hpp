// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mean over any axes, of int8 and int16. The output is dense, [kept[0], kept[1], kept[2]]; each of its elements is the
// mean of the reduced[0] * reduced[1] * reduced[2] input elements at the strides (in elements) of its kept and the
// reduced axes:
//
//   requantise(sum - count * input_zero_point) + output_zero_point, saturated
//
// with a multiplier that holds the ratio of the scales over the count. Requantise: two roundings
// (base/fixed_point.hpp). |sum| stays below 2^31, for which at most 2^15 elements of int16 are reduced. Zero points of
// int16 are 0, as in TFLite. No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"

namespace tmc::kernels {

struct MeanOf {
  static constexpr Access kAccess = Access::kReduction;
  TMC_PARAMS(int32_t kept[3], kept_strides[3]; int32_t reduced[3], reduced_strides[3];
             int32_t input_zero_point, output_zero_point; int32_t multiplier, shift;)
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

struct MeanS8 : MeanOf {
  static constexpr const char* kName = "mean_s8";
  using Buffers = UnaryBuffers<int8_t>;
};

struct MeanS16 : MeanOf {
  static constexpr const char* kName = "mean_s16";
  using Buffers = UnaryBuffers<int16_t>;
};

}  // namespace tmc::kernels
