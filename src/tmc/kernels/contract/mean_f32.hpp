// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mean over any axes, in float. The output is dense, [kept[0], kept[1], kept[2]]; each of its elements is the mean of
// the reduced[0] * reduced[1] * reduced[2] input elements at the strides (in elements) of its kept and the reduced
// axes: their sum in the order of the axes over their count. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct MeanF32 {
  static constexpr const char* kName = "mean_f32";

  struct Params {
    int32_t kept[3], kept_strides[3];
    int32_t reduced[3], reduced_strides[3];
  };
  static constexpr ParamInfo kParams[] = {{"kept", 3}, {"kept_strides", 3}, {"reduced", 3}, {"reduced_strides", 3}};

  struct Buffers {
    const float* input;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
