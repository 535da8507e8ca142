// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads data at indices that are tensors themselves. The output is dense, of six axes, outermost first. For an element
// of it, its index times index_strides is where in `indices` the first of `looked_up` indices stands, which lie side by
// side; the element comes from its index times data_strides, plus each of those indices times its depth_strides.
// Strides count elements and are not negative; the data have `elements`.
//
// An index from -depths to -1 counts from the end. One outside is clamped to the nearest inside, so that nothing else
// is read. Elements have element_bytes (1, 2, 4 or 8); indices_dtype is the DType i32 or i64. No model constants.

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Lookup {
  static constexpr const char* kName = "lookup";

  static constexpr Access kAccess = Access::kLookup;
  TMC_PARAMS(int32_t elements; int32_t extents[6]; int32_t data_strides[6]; int32_t index_strides[6]; int32_t looked_up;
             int32_t depths[6]; int32_t depth_strides[6]; int32_t element_bytes; int32_t indices_dtype;)

  struct Buffers {
    const void* data;
    const void* indices;
    void* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"data", Role::kInput}, {"indices", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
