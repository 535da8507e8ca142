// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the kernels that make features of sound.

#include <cstdint>
#include <vector>

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// kUnsupportedOp where an operand but the first is computed at run time.
Status check_constants(Lowering& lowering);

// Those of sound_bands (contract/sound_features.hpp) for transforms of `length` samples.
std::vector<int32_t> sound_twiddles(int32_t length);

}  // namespace tmc::select
