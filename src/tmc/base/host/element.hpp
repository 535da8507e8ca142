// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One element of a tensor as a real, for code that must work with any dtype and need not be fast.

#include <cstddef>

#include "tmc/base/dtype.hpp"

namespace tmc {

// 64-bit integers lose what a double cannot hold.
double load_element(DType dtype, const std::byte* from);

// Integers take the value's whole part, which must be in their range. bf16 is not written.
void store_element(DType dtype, double value, std::byte* to);

}  // namespace tmc
