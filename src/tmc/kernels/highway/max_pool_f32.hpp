// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Some channels of a window at a time (detail/float_pool.hpp).

#include "tmc/kernels/highway/detail/float_pool.hpp"
#include "tmc/kernels/portable/max_pool.hpp"

namespace tmc::kernels::highway {

struct MaxPoolF32 : portable::MaxPoolF32 {
  static constexpr double instructions(const Params& p) { return float_pool_instructions(p); }

  static void run(Params p, Buffers b) {
    pool_channels(
        p, b.input, b.output, -__builtin_inff(), [](float most, float value) { return max_f32(most, value); },
        [&p](float most, const PoolWindow&) { return clamp_f32(most, p.activation_min, p.activation_max); });
  }
};

}  // namespace tmc::kernels::highway
