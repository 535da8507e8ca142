// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The same blobs as those of conv2d_s8, where all channels round once.

#include "tmc/kernels/armv7em/conv2d_s8_once.hpp"
#include "tmc/kernels/armv7em/pack/conv2d_s8.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::Conv2dS8Once>, const Conv2dS8::Params& p, std::span<const ConstantView> views) {
  return armv7em::blobs_that_round_once(pack(Tag<armv7em::Conv2dS8>{}, p, views));
}

}  // namespace tmc::kernels
