// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/base/math.hpp"
#include "tmc/kernels/common/pool.hpp"
#include "tmc/kernels/common/wrapping.hpp"
#include "tmc/kernels/contract/average_pool.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

// Means of windows of elements of type T, one channel of one window at a time, straight from the contract.
template <typename ContractOf, typename T>
struct AveragePoolImplementation : ImplementationOf<ContractOf> {
  using typename ImplementationOf<ContractOf>::Contract;
  using typename ImplementationOf<ContractOf>::Params;
  using typename ImplementationOf<ContractOf>::Buffers;

  static constexpr Overlap overlap(const Params& p, int) { return pool_overlap(p, sizeof(T)); }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.batch * p.output_h * p.output_w * p.channels * (7.0 * p.kernel_h * p.kernel_w + 25);
  }

  static void run(Params p, Buffers b) {
    for_each_pool_window(p, b.input, b.output, [&p](const T* first, const PoolWindow& window) {
      const int32_t sum = fold_window(p, first, window, 0, [](int32_t total, T value) { return total + value; });
      return mean(p, sum, window.pixels());
    });
  }

  // Of a window whose `inside` elements add up to `sum`.
  static constexpr T mean(const Params& p, int32_t sum, int32_t inside) {
    const int32_t count = p.count_include_pad ? p.kernel_h * p.kernel_w : inside;
    sum += (count - inside) * p.input_zero_point;
    const int32_t mean = p.rescale   ? rescaled_mean(p, sum, count)
                         : p.ties_up ? quotient_up(sum, count)
                                     : rounded_quotient(sum, count);
    return static_cast<T>(clamp(mean, p.activation_min, p.activation_max));
  }

 protected:
  // What a rescaled mean takes.
  static constexpr bool can_rescale(const Params& p) {
    return int64_t{p.kernel_h} * p.kernel_w <= Contract::kMaxRescaledWindow && p.shift >= Contract::kFractionBits - 31;
  }

 private:
  // Half away from zero.
  static constexpr int32_t rounded_quotient(int32_t sum, int32_t count) {
    return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
  }
  // Half up.
  static constexpr int32_t quotient_up(int32_t sum, int32_t count) {
    const int32_t raised = sum + count / 2;
    return raised / count - (raised % count < 0 ? 1 : 0);
  }
  static constexpr int32_t rescaled_mean(const Params& p, int32_t sum, int32_t count) {
    const int32_t difference = (sum - count * p.input_zero_point) * (1 << Contract::kFractionBits);
    const int32_t scaled = multiply_by_quantized_multiplier(rounded_quotient(difference, count), p.multiplier,
                                                            p.shift - Contract::kFractionBits);
    return wrapping_add(scaled, p.output_zero_point);
  }
};

struct AveragePoolS8 : AveragePoolImplementation<kernels::AveragePoolS8, int8_t> {
  static constexpr bool applies(const Params& p) { return p.rescale == 0 || can_rescale(p); }
};

struct AveragePoolS16 : AveragePoolImplementation<kernels::AveragePoolS16, int16_t> {
  static constexpr bool applies(const Params& p) {
    return is_symmetric(p) && int64_t{p.kernel_h} * p.kernel_w <= Contract::kMaxWindow &&
           (p.rescale == 0 || can_rescale(p));
  }
};

// The reference for bits: one channel of one window at a time, straight from the contract.
struct AveragePoolF32 : ImplementationOf<kernels::AveragePoolF32> {
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
