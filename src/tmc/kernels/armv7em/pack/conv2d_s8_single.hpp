// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights in blocks of four channels; channels with a bias of 32 bits.

#include "tmc/kernels/armv7em/conv2d_s8_single.hpp"
#include "tmc/kernels/armv7em/pack/single_rows.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS8Single>, const Conv2dS8::Params& p, std::span<const ConstantView> views) {
  return armv7em::pack_single_rows(views, p.input_zero_point, armv7em::output_range(p), static_cast<size_t>(p.groups));
}

}  // namespace tmc::kernels
