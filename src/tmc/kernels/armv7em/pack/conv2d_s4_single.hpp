// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and channels for detail/nibble_tile.hpp.

#include "tmc/kernels/armv7em/conv2d_s4_single.hpp"
#include "tmc/kernels/armv7em/pack/nibbles.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS4Single>, const Conv2dS4::Params& p, std::span<const ConstantView> constants) {
  return armv7em::pack_nibbles(p, constants);
}

}  // namespace tmc::kernels
