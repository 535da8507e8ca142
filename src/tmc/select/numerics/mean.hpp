// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums and means of quantised elements.

#include <vector>

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// Input 0 over axes, and over `divisor`, in the scale of output 0. kUnsupportedType where they are not i8 or i16.
Status emit_quantized_sum(Lowering& lowering, const std::vector<int64_t>& axes, int64_t divisor);

}  // namespace tmc::select
