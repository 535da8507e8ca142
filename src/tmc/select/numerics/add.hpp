// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What `add` and `sub` share: the kernels add_s8 and add_s16 with TFLite's multipliers.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// output = input 0 + b_sign * input 1.
Status emit_add(Lowering& lowering, ops::Activation activation, int32_t b_sign);

}  // namespace tmc::select
