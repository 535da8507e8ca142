// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the `chosen` greatest elements of [outer, depth, inner] stand along the middle axis, or without `largest` the
// least, as indices [outer, chosen, inner], the first of them first. Of equal ones those before come first; NaN counts
// as greater than every number. chosen is at most depth; elements are numbers of the DType input_dtype. No model
// constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct TopK {
  static constexpr const char* kName = "top_k";

  static constexpr Access kAccess = Access::kAxis;
  TMC_PARAMS(int32_t outer, depth, inner; int32_t chosen; int32_t largest; int32_t input_dtype;)

  struct Buffers {
    const void* input;
    int64_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
