// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Windows are rows of detail/int8_layers.hpp, read where they lie in the image; where they reach beyond it, or do not
// end with four values, in a frame in scratch (detail/framed_image.hpp).

#include "tmc/kernels/contract/conv2d.hpp"

namespace tmc::kernels::highway {

struct Conv2dS8 : ImplementationOf<kernels::Conv2dS8> {
  static constexpr bool applies(const Params& p) { return p.groups == 1; }
  static int64_t scratch_bytes(const Params& p);
  static constexpr double instructions(const Params& p) {
    const double window = 1.0 * p.kernel_h * p.kernel_w * p.input_c;
    return 50 + 1.0 * p.batch * p.output_h * p.output_w * (10 + 0.1 * window + p.output_c * (4 + 0.2 * window));
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
