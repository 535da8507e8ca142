// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Recursive filters of the lines of [outer, depth, inner] along the middle axis: `sections` of second order, each b0,
// b1, b2, a1, a2, one after the other, from rest. A section computes, as scipy.signal.sosfilt does,
//
//   y = b0 x + z0;  z0 = b1 x - a1 y + z1;  z1 = b2 x - a2 y.
//
// No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct IirF32 {
  static constexpr const char* kName = "iir_f32";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, coefficients_elements, output_elements; int32_t outer, depth, inner, sections;)

  struct Buffers {
    const float* input;
    const float* coefficients;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"coefficients", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
