// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/max_pool.hpp"
#include "tmc/kernels/portable/detail/max_pool.hpp"
#include "tmc/kernels/portable/detail/pool.hpp"

namespace tmc::kernels::portable {

struct MaxPoolS8 : MaxPoolBody<kernels::MaxPoolS8, int8_t> {};

struct MaxPoolS16 : MaxPoolBody<kernels::MaxPoolS16, int16_t> {};

// The reference for bits: one channel of one window at a time, straight from the contract.
struct MaxPoolF32 : BodyOf<kernels::MaxPoolF32> {
  static constexpr Overlap overlap(const Params& p, int) { return pool_overlap(p, sizeof(float)); }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.output_h * p.output_w * p.channels * (5.0 * p.kernel_h * p.kernel_w + 25);
  }

  static void run(Params p, Buffers b) {
    for_each_pool_window(p, b.input, b.output, [&p](const float* first, const PoolWindow& window) {
      const float largest = fold_window(p, first, window, -__builtin_inff(),
                                        [](float most, float value) { return max_f32(most, value); });
      return clamp_f32(largest, p.activation_min, p.activation_max);
    });
  }
};

}  // namespace tmc::kernels::portable
