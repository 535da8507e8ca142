// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementation of highway/fully_connected_s8.hpp.

#include "tmc/kernels/highway/fully_connected_s8.hpp"
#include "tmc/kernels/highway/host/detail/blocks.hpp"

namespace tmc::kernels::highway {

inline Blobs pack(Of<FullyConnectedS8>, const FullyConnectedS8::Params& p, Constants constants) {
  return pack_rows(p.outputs, 1, p.inputs, p.input_zero_point, p.output_zero_point, constants);
}

}  // namespace tmc::kernels::highway
