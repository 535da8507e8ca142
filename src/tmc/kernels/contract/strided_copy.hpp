// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Copies a box of elements that lie at regular distances: the one at an index along the six axes, outermost first, goes
// from `first` + index * input_strides of the input to index * output_strides of the output, whose innermost elements
// lie side by side. Counted in elements of element_bytes (1, 2, 4 or 8); input strides are 0 where an axis repeats and
// negative where it is read backward. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct StridedCopy {
  static constexpr const char* kName = "strided_copy";

  static constexpr Access kAccess = Access::kStrides;
  TMC_PARAMS(int32_t extents[6]; int32_t input_strides[6]; int32_t output_strides[5]; int32_t first;
             int32_t element_bytes;)

  struct Buffers {
    const void* input;
    void* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
