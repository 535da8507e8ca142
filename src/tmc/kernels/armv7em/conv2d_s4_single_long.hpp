// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s4_single for requantisations that it refuses: in the long form of detail/long_channel.hpp.

#include "tmc/kernels/armv7em/conv2d_s4_single.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS4SingleLong : Conv2dS4SingleOf<LongPair> {
  static constexpr double instructions(const Params& p) {
    return Conv2dS4SingleOf::instructions(p) + 3.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
