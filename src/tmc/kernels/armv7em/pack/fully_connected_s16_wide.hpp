// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights in blocks of four channels, in the order of lanes; channels as the portable body has them.

#include "tmc/kernels/armv7em/fully_connected_s16_wide.hpp"
#include "tmc/kernels/armv7em/pack/int16_rows.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::FullyConnectedS16Wide>, const FullyConnectedS16::Params&,
                  std::span<const ConstantView> views) {
  return armv7em::pack_wide_int16_rows(views, 1);
}

}  // namespace tmc::kernels
