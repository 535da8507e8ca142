// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// output = condition ? a : b, element by element, with broadcasting: extents of the dense output and strides of the
// operands in elements, 0 along a broadcast axis. Elements of a and b have 1, 2, 4 or 8 bytes. No model constants.

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct Where {
  static constexpr const char* kName = "where";

  static constexpr Access kAccess = Access::kBroadcast;
  TMC_PARAMS(int32_t extents[4]; int32_t a_strides[4]; int32_t b_strides[4]; int32_t condition_strides[4];
             int32_t element_bytes;)

  struct Buffers {
    const void* a;
    const void* b;
    const Bool* condition;
    void* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"a", Role::kInput}, {"b", Role::kInput}, {"condition", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
