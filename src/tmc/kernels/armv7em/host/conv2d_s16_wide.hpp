// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_s16_wide.hpp.

#include "tmc/kernels/armv7em/conv2d_s16_wide.hpp"
#include "tmc/kernels/armv7em/host/detail/int16_rows.hpp"
#include "tmc/kernels/armv7em/host/detail/int16_terms.hpp"

namespace tmc::kernels::armv7em {

// Weights in blocks of four channels, in the order of lanes; channels as the portable implementation has them.
inline Blobs pack(Of<Conv2dS16Wide>, const Conv2dS16::Params& p, Constants views) {
  return pack_wide_int16_rows(views, static_cast<size_t>(p.groups));
}

// What its work is linear in: windows and how they are copied, steps of eight inputs, blocks of four channels, parts of
// rows, and outputs.
inline CostFeatures cost_features(Of<Conv2dS16Wide>, const Conv2dS16Wide::Params& p) {
  using Implementation = Conv2dS16Wide;
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double windows = pixels * p.groups;
  const double steps = Implementation::steps(p);
  const double blocks = Implementation::blocks(p);
  const bool by_rows = p.dilation_w == 1 && p.groups == 1;
  const double moves = windows * p.kernel_h * (by_rows ? 1 : p.kernel_w);
  return {pixels,
          windows,
          by_rows ? moves : 0,
          by_rows ? windows * steps : 0,
          by_rows ? 0 : moves,
          by_rows ? 0 : moves * Implementation::depth(p),
          windows * blocks,
          windows * blocks * int16_parts(steps),
          windows * blocks * steps,
          pixels * p.output_c,
          clamped_int16_values(p.activation_min, p.activation_max, pixels * p.output_c)};
}

}  // namespace tmc::kernels::armv7em
