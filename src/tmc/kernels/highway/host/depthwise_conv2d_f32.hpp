// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementation of highway/depthwise_conv2d_f32.hpp.

#include "tmc/kernels/highway/depthwise_conv2d_f32.hpp"
#include "tmc/kernels/highway/host/detail/float_blocks.hpp"

namespace tmc::kernels::highway {

inline Blobs pack(Of<DepthwiseConv2dF32>, const DepthwiseConv2dF32::Params& p, Constants constants) {
  return pack_float_rows(p.output_c, 1, constants);
}

}  // namespace tmc::kernels::highway
