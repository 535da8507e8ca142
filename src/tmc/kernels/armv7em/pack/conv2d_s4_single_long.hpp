// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights and channels for detail/nibble_tile.hpp, channels in the long form.

#include "tmc/kernels/armv7em/conv2d_s4_single_long.hpp"
#include "tmc/kernels/armv7em/pack/nibbles.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS4SingleLong>, const Conv2dS4::Params& p,
                  std::span<const ConstantView> constants) {
  return armv7em::pack_long_nibbles(p, constants);
}

}  // namespace tmc::kernels
