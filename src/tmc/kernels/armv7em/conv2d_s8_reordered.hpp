// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8 for weights of which neighbouring channels do not go into pairs (-128 above a negative weight,
// detail/pair_tile.hpp): `pack` pairs channels that do, and the outputs of every tile are put back in order.

#include "tmc/kernels/armv7em/conv2d_s8.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8Reordered : ImplementationOf<kernels::Conv2dS8> {
  static constexpr bool applies(const Params& p) { return Conv2dS8::applies(p) && p.output_c <= 256; }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return Conv2dS8::scratch_bytes(p) + Conv2dS8::reordered_bytes(p);
  }
  static constexpr Overlap overlap(const Params& p, int buffer) { return Conv2dS8::overlap(p, buffer); }
  static constexpr double instructions(const Params& p) {
    const double tiles = (1.0 * p.batch * p.output_h * p.output_w + 2) / kTilePixels;
    return Conv2dS8::instructions(p) + tiles * (10 + 10.0 * p.output_c);
  }

  static void run(Params p, Buffers b) {
    Conv2dS8::run_tiles<true>(p, b, [](const auto& tile) { run_pair_tile<false>(&tile); });
    Conv2dS8::clamp_outputs(p, b);
  }
};

}  // namespace tmc::kernels::armv7em
