// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = requantise(input - input_zero_point) + output_zero_point, clamped to [activation_min, activation_max],
// between the integer types i8, u8 and i16 (`input_dtype` and `output_dtype` are DTypes). The range lies within the
// output's type; a narrower one is a relu or a clip. Requantise: two roundings (base/fixed_point.hpp). Between bytes a
// table does the same (table_s8). No model constants.

#include "tmc/kernels/contract/detail/buffers.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Requantize {
  static constexpr const char* kName = "requantize";

  static constexpr Access kAccess = Access::kElements;
  TMC_PARAMS(int32_t elements; int32_t input_dtype, output_dtype; int32_t input_zero_point, output_zero_point;
             int32_t multiplier, shift; int32_t activation_min, activation_max;)

  using Buffers = UnaryBuffers<void>;
  static constexpr const auto& kBuffers = kUnaryBuffers;
};

// The same where i32 is read or written, or both.
struct RequantizeS32 : Requantize {
  static constexpr const char* kName = "requantize_s32";
};

}  // namespace tmc::kernels
