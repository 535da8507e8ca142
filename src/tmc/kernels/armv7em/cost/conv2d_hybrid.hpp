// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: tiles of three pixels, their channel pairs and groups of inputs, windows that are
// widened, and copied before, with their taps and inputs.
#include "tmc/kernels/armv7em/conv2d_hybrid.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dHybrid>, const armv7em::Conv2dHybrid::Params& p) {
  using Body = armv7em::Conv2dHybrid;
  const double windows = 1.0 * p.batch * p.output_h * p.output_w;
  const double tiles = p.batch * ((p.output_h * p.output_w + Body::kPixels - 1) / Body::kPixels);
  const double pairs = (p.output_c + 1) / 2;
  const double copied = Body::is_pointwise(p) ? 0 : windows;
  return {tiles,
          tiles * pairs,
          tiles * pairs * Body::groups(p),
          windows * p.output_c,
          windows,
          windows * Body::groups(p),
          copied * p.kernel_h,
          copied * p.kernel_h * p.kernel_w,
          copied * Body::inputs(p)};
}

}  // namespace tmc::kernels
