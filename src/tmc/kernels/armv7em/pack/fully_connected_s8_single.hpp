// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights in blocks of four channels; channels with a bias of 32 bits.

#include "tmc/kernels/armv7em/fully_connected_s8_single.hpp"
#include "tmc/kernels/armv7em/pack/single_rows.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::FullyConnectedS8Single>, const FullyConnectedS8::Params& p,
                  std::span<const ConstantView> views) {
  return armv7em::pack_single_rows(views, p.input_zero_point, armv7em::output_range(p), 1);
}

}  // namespace tmc::kernels
