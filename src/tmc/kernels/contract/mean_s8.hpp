// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mean over any axes. The output is dense, [kept[0], kept[1], kept[2]]; each of its elements is the mean of the
// reduced[0] * reduced[1] * reduced[2] input elements at the strides (in elements) of its kept and the reduced axes:
//
//   requantise(sum - count * input_zero_point) + output_zero_point, saturated
//
// with a multiplier that holds the ratio of the scales over the count. Requantise: two roundings
// (base/fixed_point.hpp). |sum| stays below 2^31. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct MeanS8 {
  static constexpr const char* kName = "mean_s8";

  TMC_PARAMS(int32_t kept[3], kept_strides[3]; int32_t reduced[3], reduced_strides[3];
             int32_t input_zero_point, output_zero_point; int32_t multiplier, shift;)

  struct Buffers {
    const int8_t* input;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
