// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementations of highway/conv2d_f32.hpp.

#include "tmc/kernels/highway/conv2d_f32.hpp"
#include "tmc/kernels/highway/host/detail/float_blocks.hpp"

namespace tmc::kernels::highway {

inline Blobs pack(Of<Conv2dF32>, const Conv2dF32::Params& p, Constants constants) {
  return pack_float_rows(p.output_c, p.groups, constants);
}
inline Blobs pack(Of<Conv2dPlanarF32>, const Conv2dPlanarF32::Params& p, Constants constants) {
  return pack_float_rows(p.output_c, 1, constants);
}

}  // namespace tmc::kernels::highway
