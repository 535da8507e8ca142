// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/base/math.hpp"
#include "tmc/kernels/common/pool.hpp"
#include "tmc/kernels/contract/max_pool.hpp"

namespace tmc::kernels::portable {

// Maxima of windows of elements of type T, one channel of one window at a time, straight from the contract.
template <typename ContractOf, typename T>
struct MaxPoolImplementation : ImplementationOf<ContractOf> {
  using typename ImplementationOf<ContractOf>::Contract;
  using typename ImplementationOf<ContractOf>::Params;
  using typename ImplementationOf<ContractOf>::Buffers;

  static constexpr int32_t kLeast = -(1 << (8 * sizeof(T) - 1));

  static constexpr Overlap overlap(const Params& p, int) { return pool_overlap(p, sizeof(T)); }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.output_h * p.output_w * p.channels * (7.0 * p.kernel_h * p.kernel_w + 15);
  }

  static void run(Params p, Buffers b) {
    for_each_pool_window(p, b.input, b.output, [&p](const T* first, const PoolWindow& window) {
      const int32_t largest = fold_window(p, first, window, kLeast,
                                          [](int32_t most, T value) { return value > most ? int32_t{value} : most; });
      return static_cast<T>(clamp(largest, p.activation_min, p.activation_max));
    });
  }
};

struct MaxPoolS8 : MaxPoolImplementation<kernels::MaxPoolS8, int8_t> {};

struct MaxPoolS16 : MaxPoolImplementation<kernels::MaxPoolS16, int16_t> {};

// The reference for bits: one channel of one window at a time, straight from the contract.
struct MaxPoolF32 : ImplementationOf<kernels::MaxPoolF32> {
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
