// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows that are normalised: what the lowerings of layer_norm and rms_norm share.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// One step of inputs x, scale and bias, of which those that are no inputs are absent. kUnsupportedType for another
// dtype than float.
Status emit_normalization(Lowering& lowering, int32_t axis, double epsilon, bool centred);

}  // namespace tmc::select
