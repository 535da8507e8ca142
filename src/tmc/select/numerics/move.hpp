// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the operators share that only move elements: their kernels take any dtype of 1, 2 or 4 bytes; where a quantised
// tensor gets another quantisation on the way, the output is requantised afterwards.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// Bytes of an element; kUnsupportedType where no kernel moves elements of that size.
Result<int32_t> movable_bytes(const ir::Value& value);
// Requantises output 0 where its quantisation is not input 0's. kUnsupportedType where that takes another dtype than
// i8 or i16.
Status follow_quantization(Lowering& lowering);
// Elements that stay where they are: no step, or one that requantises.
Status emit_reshape(Lowering& lowering);

}  // namespace tmc::select
