// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/common/wrapping.hpp"
#include "tmc/kernels/contract/mean.hpp"
#include "tmc/kernels/kernel.hpp"
#include "tmc/kernels/portable/detail/reduce.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

// Means of elements of the integer type T, one output at a time, straight from the contract.
template <typename ContractOf, typename T>
struct QuantizedMeanImplementation : ImplementationOf<ContractOf> {
  using typename ImplementationOf<ContractOf>::Contract;
  using typename ImplementationOf<ContractOf>::Params;
  using typename ImplementationOf<ContractOf>::Buffers;

  static constexpr int32_t kMost = (1 << (8 * sizeof(T) - 1)) - 1;

  // Kept strides are at least the output's, so an output never overtakes what is still to be read.
  static constexpr Overlap overlap(const Params&, int) { return kInPlace; }
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.kept[0] * p.kept[1] * p.kept[2] * (30 + 4 * static_cast<double>(reduced_count(p)));
  }

  static void run(Params p, Buffers b) {
    const auto offset = static_cast<int32_t>(reduced_count(p)) * p.input_zero_point;
    for_each_reduced(
        p, b.input, b.output, [] { return int32_t{0}; }, [](int32_t sum, T x) { return sum + x; },
        [&p, offset](int32_t sum) {
          const int32_t mean = multiply_by_quantized_multiplier(sum - offset, p.multiplier, p.shift);
          return static_cast<T>(clamp(wrapping_add(mean, p.output_zero_point), -kMost - 1, kMost));
        });
  }

 protected:
  static constexpr bool sums_fit(const Params& p) {
    const int64_t count = product_of(p.reduced[0], p.reduced[1], p.reduced[2]);
    return count > 0 && count <= int64_t{1} << (31 - 8 * sizeof(T));
  }
};

struct MeanS8 : QuantizedMeanImplementation<kernels::MeanS8, int8_t> {
  static constexpr bool applies(const Params& p) { return sums_fit(p); }
};

struct MeanS16 : QuantizedMeanImplementation<kernels::MeanS16, int16_t> {
  static constexpr bool applies(const Params& p) { return is_symmetric(p) && sums_fit(p); }
};

}  // namespace tmc::kernels::portable
