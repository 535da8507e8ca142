// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one channel of one window at a time, straight from the contract.

#include "tmc/kernels/contract/max_pool_s8.hpp"
#include "tmc/kernels/portable/detail/pool.hpp"

namespace tmc::kernels::portable {

struct MaxPoolS8 {
  using Contract = kernels::MaxPoolS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params&) { return true; }
  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params& p, int) { return pool_overlap(p); }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.output_h * p.output_w * p.channels * (7.0 * p.kernel_h * p.kernel_w + 15);
  }

  static void run(Params p, Buffers b) {
    for_each_pool_window(p, b.input, b.output, [&p](const int8_t* first, const PoolWindow& window) {
      const int32_t largest = fold_window(p, first, window, int32_t{INT8_MIN}, [](int32_t most, int8_t value) {
        return value > most ? int32_t{value} : most;
      });
      return static_cast<int8_t>(clamp(largest, p.activation_min, p.activation_max));
    });
  }
};

}  // namespace tmc::kernels::portable
