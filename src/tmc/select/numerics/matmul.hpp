// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The matrix product of two tensors, for `matmul` and for `fully_connected` with computed weights.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// output 0 = input 0 times input 1, the latter transposed with `transpose_b`.
Status emit_matmul(Lowering& lowering, bool transpose_b);

}  // namespace tmc::select
