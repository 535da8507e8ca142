// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A function of one int16, element by element, by interpolation: with index = 256 + floor(input / 128),
// output = table[index] + round((table[index + 1] - table[index]) * (input mod 128) / 128), halves upwards, where
// neighbours differ by less than 2^15. Bit for bit TFLite's LUTLookup (tensorflow/lite/kernels/internal/common.h).
//
// The model's constant: table i16 [513], of which element i is the output for input 128 * (i - 256), about.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct TableS16 {
  static constexpr const char* kName = "table_s16";

  static constexpr Access kAccess = Access::kElements;
  TMC_PARAMS(int32_t elements;)

  struct Buffers {
    const int16_t* input;
    const int16_t* table;
    int16_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"table", Role::kConstant}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
