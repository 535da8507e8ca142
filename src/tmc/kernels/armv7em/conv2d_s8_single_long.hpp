// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8_single for requantisations that it refuses: in the long form of detail/long_channel.hpp.

#include "tmc/kernels/armv7em/conv2d_s8_single.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8SingleLong : Conv2dS8SingleOf<LongFormChannel> {
  static constexpr double instructions(const Params& p) {
    return Conv2dS8SingleOf::instructions(p) + 3.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
