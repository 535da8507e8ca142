// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Permutes axes. The output is dense, [extents[0], .. extents[5]]; its element at an index is the input's at the same
// index with `strides`, in elements of element_bytes (1, 2, 4 or 8). No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Transpose {
  static constexpr const char* kName = "transpose";

  static constexpr Access kAccess = Access::kStrides;
  TMC_PARAMS(int32_t extents[6]; int32_t strides[6]; int32_t element_bytes;)

  struct Buffers {
    const void* input;
    void* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
