// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Counts of what the float products do (detail/float_tile.hpp), and of copies.

#include "tmc/kernels/armv7em/detail/float_tile.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Instructions of copy_floats but its call: sixteen, four and one float at a time.
inline double copied(int32_t floats) {
  return 5.0 * (floats / 16) + 5.0 * (floats % 16 / 4) + 4.0 * (floats % 4);
}

// Tiles of three pixels and of one that run over all blocks of four channels; those with halves apart.
inline CostFeatures tile_terms(double of_three, double of_one, int32_t channels, int32_t inputs, int32_t half_weights,
                               const FloatRange& range) {
  const double blocks = (channels + 3) / 4;
  const double groups = float_groups(inputs);
  const double partial = channels % 4 == 0 ? 0 : 1;
  const double bounds = (range.bounds & 1) + (range.bounds >> 1);
  const double halves = half_weights ? 1 : 0;
  return {of_three,
          of_three * blocks,
          of_three * blocks * groups,
          of_three * blocks * groups * halves,
          of_three * partial,
          of_three * blocks * bounds,
          of_one,
          of_one * blocks,
          of_one * blocks * groups,
          of_one * blocks * groups * halves,
          of_one * blocks * bounds};
}

}  // namespace tmc::kernels::armv7em
