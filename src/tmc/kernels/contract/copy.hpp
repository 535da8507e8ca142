// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Copies `rows` rows of `row_bytes` whose distance from one another is input_stride and output_stride bytes: a tensor
// into its place in a concatenation, a slice out of a tensor. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Copy {
  static constexpr const char* kName = "copy";

  static constexpr Access kAccess = Access::kRows;
  TMC_PARAMS(int32_t rows, row_bytes; int32_t input_stride, output_stride;)

  struct Buffers {
    const void* input;
    void* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
