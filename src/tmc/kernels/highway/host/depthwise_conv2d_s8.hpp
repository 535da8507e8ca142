// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementation of highway/depthwise_conv2d_s8.hpp.

#include "tmc/kernels/highway/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/highway/host/detail/blocks.hpp"

namespace tmc::kernels::highway {

inline Blobs pack(Of<DepthwiseConv2dS8>, const DepthwiseConv2dS8::Params& p, Constants constants) {
  return pack_taps(p.output_c, p.kernel_h * p.kernel_w, p.input_zero_point, p.output_zero_point, constants);
}

}  // namespace tmc::kernels::highway
