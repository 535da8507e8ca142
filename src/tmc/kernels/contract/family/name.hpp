// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Names of the kernels of a family, which has one for every function and type of elements.

#include "tmc/base/dtype.hpp"

namespace tmc::kernels {

// "exp_f32", of a function's name and the dtype of its operands.
struct FamilyName {
  char text[48] = {};

  constexpr FamilyName(const char* function, DType dtype) {
    int32_t end = 0;
    for (const char* c = function; *c != 0; ++c) text[end++] = *c;
    text[end++] = '_';
    for (const char* c = dtype_name(dtype); *c != 0; ++c) text[end++] = *c;
  }
};

}  // namespace tmc::kernels
