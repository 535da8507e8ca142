// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/conv2d_s4_single.hpp.

#include "tmc/kernels/armv7em/conv2d_s4_single.hpp"
#include "tmc/kernels/armv7em/host/detail/nibbles.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// Weights and channels for detail/nibble_tile.hpp.
inline Blobs pack(Of<Conv2dS4Single>, const Conv2dS4::Params& p, Constants constants) {
  return pack_nibbles(p, constants);
}

// What its work is linear in: channel pairs to unpack, windows and how they are copied, steps of eight inputs, channel
// pairs, their words and groups of weights, and outputs that are moved or clamped.
template <typename Pair>
CostFeatures cost_features(Of<Conv2dS4SingleOf<Pair>>, const Conv2dS4Single::Params& p) {
  using Implementation = Conv2dS4Single;
  const double pixels = 1.0 * p.batch * p.output_h * p.output_w;
  const double copied = Implementation::is_one_tap(p) ? 0 : pixels;
  const double pairs = Implementation::pairs(p);
  return {pairs,
          pixels,
          copied * p.kernel_h,
          copied * Implementation::steps(p),
          pixels * Implementation::steps(p),
          pixels * pairs,
          pixels * pairs * groups_of_four(kernels::Conv2dS4::inputs(p)),
          pixels * pairs * kernels::Conv2dS4::groups(p),
          p.output_c % 2 == 0 ? 0 : pixels * p.output_c,
          clamped_values(p.activation_min, p.activation_max, pixels * p.output_c)};
}

// Weights and channels for detail/nibble_tile.hpp, channels in the long form.
inline Blobs pack(Of<Conv2dS4SingleLong>, const Conv2dS4::Params& p, Constants constants) {
  return pack_long_nibbles(p, constants);
}

}  // namespace tmc::kernels::armv7em
