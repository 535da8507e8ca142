// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Some channels of a window at a time (detail/float_pool.hpp).

#include "tmc/kernels/highway/detail/float_pool.hpp"
#include "tmc/kernels/portable/average_pool.hpp"

namespace tmc::kernels::highway {

struct AveragePoolF32 : portable::AveragePoolF32 {
  static constexpr double instructions(const Params& p) { return float_pool_instructions(p); }

  static void run(Params p, Buffers b) {
    pool_channels(
        p, b.input, b.output, 0, [](float total, float value) { return total + value; },
        [&p](float sum, const PoolWindow& window) {
          const int32_t count = p.count_include_pad ? p.kernel_h * p.kernel_w : window.pixels();
          return clamp_f32(sum / static_cast<float>(count), p.activation_min, p.activation_max);
        });
  }
};

}  // namespace tmc::kernels::highway
