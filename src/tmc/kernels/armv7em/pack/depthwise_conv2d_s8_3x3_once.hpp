// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The same blobs as those of depthwise_conv2d_s8_3x3, where all channels round once.

#include "tmc/kernels/armv7em/depthwise_conv2d_s8_3x3_once.hpp"
#include "tmc/kernels/armv7em/pack/depthwise_conv2d_s8_3x3.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::DepthwiseConv2dS83x3Once>, const DepthwiseConv2dS8::Params& p,
                  std::span<const ConstantView> views) {
  return armv7em::blobs_that_round_once(pack(Tag<armv7em::DepthwiseConv2dS83x3>{}, p, views));
}

}  // namespace tmc::kernels
