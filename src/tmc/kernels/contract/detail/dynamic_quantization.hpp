// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A tensor that is quantised at run time, as quantize_dynamic leaves it and conv2d_hybrid reads it: a header for every
// batch item, from the next multiple of 16 bytes on the int8 elements. A real is scale * (q - zero_point).

#include <stdint.h>

namespace tmc::kernels {

struct DynamicQuantization {
  float scale;
  int32_t zero_point;
};

constexpr int64_t dynamic_header_bytes(int32_t batch) {
  return (int64_t{batch} * int64_t{sizeof(DynamicQuantization)} + 15) / 16 * 16;
}

}  // namespace tmc::kernels
