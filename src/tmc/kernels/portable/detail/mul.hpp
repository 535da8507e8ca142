// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Products of elements of type T, one at a time, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/portable/detail/broadcast.hpp"

namespace tmc::kernels::portable {

template <typename ContractOf, typename T>
struct MulBody {
  using Contract = ContractOf;
  using Params = typename Contract::Params;
  using Buffers = typename Contract::Buffers;

  static constexpr int64_t scratch_bytes(const Params&) { return 0; }
  static constexpr Overlap overlap(const Params& p, int buffer) { return broadcast_overlap(p, buffer); }
  static constexpr double instructions(const Params& p) { return 22.0 * static_cast<double>(broadcast_elements(p)); }

  static void run(Params p, Buffers b) {
    for_each_broadcast(p, b.a, b.b, b.output, [&p](T a, T other) {
      const int32_t product = (a - p.a_zero_point) * (other - p.b_zero_point);
      const int32_t scaled = multiply_by_quantized_multiplier(product, p.output_multiplier, p.output_shift);
      return static_cast<T>(clamp(scaled + p.output_zero_point, p.activation_min, p.activation_max));
    });
  }
};

}  // namespace tmc::kernels::portable
