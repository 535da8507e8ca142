// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/base/math.hpp"
#include "tmc/kernels/contract/average_pool.hpp"
#include "tmc/kernels/portable/detail/average_pool.hpp"
#include "tmc/kernels/portable/detail/pool.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

struct AveragePoolS8 : AveragePoolBody<kernels::AveragePoolS8, int8_t> {
  static constexpr bool applies(const Params& p) { return p.rescale == 0 || can_rescale(p); }
};

struct AveragePoolS16 : AveragePoolBody<kernels::AveragePoolS16, int16_t> {
  static constexpr bool applies(const Params& p) {
    return is_symmetric(p) && int64_t{p.kernel_h} * p.kernel_w <= Contract::kMaxWindow &&
           (p.rescale == 0 || can_rescale(p));
  }
};

// The reference for bits: one channel of one window at a time, straight from the contract.
struct AveragePoolF32 : BodyOf<kernels::AveragePoolF32> {
  static constexpr Overlap overlap(const Params& p, int) { return pool_overlap(p, sizeof(float)); }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.output_h * p.output_w * p.channels * (5.0 * p.kernel_h * p.kernel_w + 40);
  }

  static void run(Params p, Buffers b) {
    for_each_pool_window(p, b.input, b.output, [&p](const float* first, const PoolWindow& window) {
      const float sum = fold_window(p, first, window, 0.0F, [](float total, float value) { return total + value; });
      const int32_t count = p.count_include_pad ? p.kernel_h * p.kernel_w : window.pixels();
      return clamp_f32(sum / static_cast<float>(count), p.activation_min, p.activation_max);
    });
  }
};

}  // namespace tmc::kernels::portable
