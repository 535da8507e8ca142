// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// matmul_s8 on int16, with its parameters; all zero points are 0, as in TFLite. Sums have 64 bits, of which a product
// of at most kMaxInner terms needs 48; they are rescaled with one rounding by a multiplier of 15 bits
// (multiply_by_reduced_multiplier in base/fixed_point.hpp, which says how shifts are bounded). No model constants.

#include "tmc/kernels/contract/matmul_s8.hpp"

namespace tmc::kernels {

struct MatmulS16 {
  static constexpr const char* kName = "matmul_s16";
  static constexpr int32_t kMaxInner = 1 << 16;

  using Params = MatmulS8::Params;
  static constexpr const char* kParamsText = MatmulS8::kParamsText;

  struct Buffers {
    const int16_t* a;
    const int16_t* b;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"a", Role::kInput}, {"b", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
