// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = data, where updates go to indices that are a tensor themselves. Updates are dense, of six axes, outermost
// first, and are taken in their order. For an element of them, its index times index_strides is where in `indices` the
// first of `looked_up` indices stands, which lie side by side; it goes to its index times output_strides, plus each of
// those indices times its depth_strides. Strides count elements and are not negative; the output has `elements`.
//
// With the reduction kReplace the element there is replaced, so that the last one stays; else it is joined with the
// update, as the functions add, mul, min and max do it (function/binary).
//
// An index from -depths to -1 counts from the end. One outside is clamped to the nearest inside, so that nothing else
// is written. Elements are of the DType element_dtype, for kReplace any of the same size; indices_dtype is the DType
// i32 or i64. No model constants.

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

enum class ScatterReduction : int32_t { kReplace, kAdd, kMul, kMin, kMax };

struct Scatter {
  static constexpr const char* kName = "scatter";

  static constexpr Access kAccess = Access::kScatter;
  TMC_PARAMS(int32_t elements; int32_t extents[6]; int32_t output_strides[6]; int32_t index_strides[6];
             int32_t looked_up; int32_t depths[6]; int32_t depth_strides[6]; int32_t element_bytes;
             int32_t element_dtype; int32_t indices_dtype; int32_t reduction;)

  struct Buffers {
    const void* data;
    const void* indices;
    const void* updates;
    void* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"data", Role::kInput}, {"indices", Role::kInput}, {"updates", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
