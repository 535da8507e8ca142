// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Lays constants out as highway/detail/float_layers.hpp describes. Constants: weights [outputs, inputs], f32 or f16,
// and a bias f32, one an output. The outputs of every group fill whole blocks of their own.

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::highway {

Blobs pack_float_rows(int32_t outputs, int32_t groups, Constants constants);

}  // namespace tmc::kernels::highway
