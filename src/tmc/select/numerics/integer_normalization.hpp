// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows of integers that are normalised (kernels/contract/norm.hpp): their constants.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// One step of input x, int8 or int16, and a constant scale and bias, which may be absent. kUnsupportedType where they
// are computed, or where no integers hold them.
Status emit_integer_normalization(Lowering& lowering, int32_t axis, double epsilon, bool centred);

}  // namespace tmc::select
