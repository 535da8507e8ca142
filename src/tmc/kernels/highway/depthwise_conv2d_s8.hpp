// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A pixel at a time, sixteen channels in registers, two taps of a window multiplied at once (detail/int8_layers.hpp).
// An image whose windows reach beyond it, or whose channels are not in sixteens, is framed in scratch first.

#include "tmc/kernels/contract/conv2d.hpp"

namespace tmc::kernels::highway {

struct DepthwiseConv2dS8 : ImplementationOf<kernels::DepthwiseConv2dS8> {
  static bool applies(const Params& p);
  static int64_t scratch_bytes(const Params& p);
  static constexpr double instructions(const Params& p) {
    const double taps = 1.0 * p.kernel_h * p.kernel_w;
    return 50 + 1.0 * p.batch * p.output_h * p.output_w * (20 + 4 * taps + p.output_c * (4 + 0.5 * taps));
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
