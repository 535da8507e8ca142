// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementation of highway/fully_connected_f32.hpp.

#include "tmc/kernels/highway/fully_connected_f32.hpp"
#include "tmc/kernels/highway/host/detail/float_blocks.hpp"

namespace tmc::kernels::highway {

inline Blobs pack(Of<FullyConnectedF32>, const FullyConnectedF32::Params& p, Constants constants) {
  return pack_float_rows(p.outputs, 1, constants);
}

}  // namespace tmc::kernels::highway
