// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/broadcast.hpp"
#include "tmc/kernels/common/wrapping.hpp"
#include "tmc/kernels/contract/mul.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

// Products of elements of type T, one at a time, straight from the contract.
template <typename ContractOf, typename T>
struct MulImplementation : ImplementationOf<ContractOf> {
  using typename ImplementationOf<ContractOf>::Contract;
  using typename ImplementationOf<ContractOf>::Params;
  using typename ImplementationOf<ContractOf>::Buffers;

  static constexpr Overlap overlap(const Params& p, int buffer) { return broadcast_overlap(p, buffer); }
  static constexpr double instructions(const Params& p) { return 22.0 * static_cast<double>(broadcast_elements(p)); }

  static void run(Params p, Buffers b) {
    for_each_broadcast(p, b.a, b.b, b.output, [&p](T a, T other) {
      const int32_t product = (a - p.a_zero_point) * (other - p.b_zero_point);
      const int32_t scaled = multiply_by_quantized_multiplier(product, p.output_multiplier, p.output_shift);
      return static_cast<T>(clamp(wrapping_add(scaled, p.output_zero_point), p.activation_min, p.activation_max));
    });
  }
};

struct MulS8 : MulImplementation<kernels::MulS8, int8_t> {
  static constexpr bool applies(const Params&) { return true; }
};

struct MulS16 : MulImplementation<kernels::MulS16, int16_t> {
  static constexpr bool applies(const Params& p) { return has_symmetric_operands(p); }
};

}  // namespace tmc::kernels::portable
