// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = table[uint8(input)], element by element: every function of one int8 value, with `rows` rows of `row_bytes`
// whose distance from one another is input_stride and output_stride bytes (row_bytes where they are dense). Elements
// are bytes, i8 or u8: what they stand for is in the table.
//
// The model's constant: table i8 [256], of which element uint8(q) is the output for input q.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct TableS8 {
  static constexpr const char* kName = "table_s8";

  static constexpr Access kAccess = Access::kRows;
  TMC_PARAMS(int32_t rows, row_bytes; int32_t input_stride, output_stride;)

  struct Buffers {
    const Byte* input;
    const int8_t* table;
    Byte* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"table", Role::kConstant}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
