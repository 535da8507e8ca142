// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights in blocks of four channels, in the order of lanes; channels as the portable body has them.

#include "tmc/kernels/armv7em/conv2d_s16_wide.hpp"
#include "tmc/kernels/armv7em/pack/int16_rows.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS16Wide>, const Conv2dS16::Params& p, std::span<const ConstantView> views) {
  return armv7em::pack_wide_int16_rows(views, static_cast<size_t>(p.groups));
}

}  // namespace tmc::kernels
