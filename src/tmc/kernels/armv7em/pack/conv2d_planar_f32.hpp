// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights in blocks of four channels by four inputs, as conv2d_f32 has them.

#include "tmc/kernels/armv7em/conv2d_planar_f32.hpp"
#include "tmc/kernels/armv7em/pack/float_blocks.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dPlanarF32>, const Conv2dF32::Params&, std::span<const ConstantView> constants) {
  return armv7em::pack_float_blocks(constants);
}

}  // namespace tmc::kernels
