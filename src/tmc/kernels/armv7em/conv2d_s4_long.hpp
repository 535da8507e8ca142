// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s4 for requantisations that it refuses: in the long form of detail/long_channel.hpp.

#include "tmc/kernels/armv7em/conv2d_s4.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS4Long : Conv2dS4Of<LongPair> {
  static constexpr double instructions(const Params& p) {
    return Conv2dS4Of::instructions(p) +
           p.batch * p.output_h * p.output_w * (10.0 * p.output_c + 0.3 * p.output_c * Contract::inputs(p));
  }
};

}  // namespace tmc::kernels::armv7em
