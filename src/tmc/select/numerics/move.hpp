// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the operators share that only move elements: their kernels take any dtype; where a quantised
// tensor gets another quantisation on the way, the output is requantised afterwards.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

inline int32_t element_bytes(const ir::Value& value) {
  return static_cast<int32_t>(dtype_bytes(value.type.dtype));
}
// Requantises output 0 where its quantisation is not input 0's. kUnsupportedType where that takes another dtype than
// i8 or i16.
Status follow_quantization(Lowering& lowering);

}  // namespace tmc::select
