// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// As for conv2d_s16, with channels that are rescaled in two instructions.

#include "tmc/kernels/armv7em/conv2d_s16_steep.hpp"
#include "tmc/kernels/armv7em/pack/conv2d_s16.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS16Steep>, const Conv2dS16::Params& p, std::span<const ConstantView> views) {
  return armv7em::pack_conv2d_s16<armv7em::SteepChannel>(p, views);
}

}  // namespace tmc::kernels
