// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Surrounds a tensor [extents[0], .. extents[3]] with a constant: before[i] + extents[i] + after[i] along axis i.
// Elements have element_bytes of 1, 2, 4 or 8; `fill` holds one in its low bytes, one of 8 as an integer. No model
// constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Pad {
  static constexpr const char* kName = "pad";

  static constexpr Access kAccess = Access::kPadding;
  TMC_PARAMS(int32_t extents[4]; int32_t before[4]; int32_t after[4]; int32_t element_bytes; int32_t fill;)

  struct Buffers {
    const void* input;
    void* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
