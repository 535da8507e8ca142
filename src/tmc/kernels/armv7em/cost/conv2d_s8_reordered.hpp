// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: channels to unpack, tiles of three pixels, channel pairs, how windows are gathered, and
// values that are put in order.
#include "tmc/kernels/armv7em/conv2d_s8_reordered.hpp"
#include "tmc/kernels/armv7em/cost/window_terms.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS8Reordered>, const armv7em::Conv2dS8Reordered::Params& p) {
  CostTerms terms = armv7em::window_terms(p, armv7em::kTilePixels);
  terms.push_back(1.0 * p.batch * p.output_h * p.output_w * p.output_c);
  return terms;
}

}  // namespace tmc::kernels
