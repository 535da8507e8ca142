// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: that of conv2d_s8, the inputs of tiles that are added up, and channel pairs of every part
// after the first.
#include "tmc/kernels/armv7em/conv2d_s8_long.hpp"
#include "tmc/kernels/armv7em/cost/window_terms.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::Conv2dS8Long>, const armv7em::Conv2dS8Long::Params& p) {
  const double tiles = armv7em::count_windows(p, armv7em::kTilePixels).tiles;
  const double parts = armv7em::Conv2dS8Long::parts(p);
  CostTerms terms = armv7em::window_terms(p, armv7em::kTilePixels);
  terms.push_back(tiles * parts * armv7em::Conv2dS8Long::groups(p));
  terms.push_back(tiles * p.output_c / 2 * (parts - 1));
  return terms;
}

}  // namespace tmc::kernels
