// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sixteen channels of some pixels at a time, tap by tap (detail/float_layers.hpp).

#include "tmc/kernels/contract/conv2d_f32.hpp"
#include "tmc/kernels/highway/detail/float_layers.hpp"

namespace tmc::kernels::highway {

struct DepthwiseConv2dF32 : ImplementationOf<kernels::DepthwiseConv2dF32> {
  static constexpr bool kIsNear = true;

  static constexpr bool applies(const Params& p) {
    return p.groups == p.input_c && p.output_c == p.input_c && has_few_taps(p);
  }
  static int64_t scratch_bytes(const Params& p);
  static constexpr double instructions(const Params& p) {
    const double taps = 1.0 * p.kernel_h * p.kernel_w;
    return 50 + 1.0 * p.batch * p.output_h * p.output_w * (20 + 4 * taps + p.output_c * (1 + 0.2 * taps));
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
