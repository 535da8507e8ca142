// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: channels to unpack, tiles of three pixels, channel pairs, and how windows are gathered.
#include "tmc/kernels/armv7em/conv2d_s8.hpp"
#include "tmc/kernels/armv7em/cost/window_terms.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS8>, const armv7em::Conv2dS8::Params& p) {
  return armv7em::window_terms(p, armv7em::kTilePixels);
}

}  // namespace tmc::kernels
