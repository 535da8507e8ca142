// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdint.h>

#include "tmc/base/dtype.hpp"

namespace tmc::kernels::portable {

// Whether it is the DType of numbers that kernels compute with: neither truth values nor half precision.
constexpr bool is_number_dtype(int32_t dtype) {
  return dtype >= 0 && dtype < static_cast<int32_t>(DType::kBool) && dtype != static_cast<int32_t>(DType::kF16) &&
         dtype != static_cast<int32_t>(DType::kBF16);
}

}  // namespace tmc::kernels::portable
