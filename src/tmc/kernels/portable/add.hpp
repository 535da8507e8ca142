// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/common/broadcast.hpp"
#include "tmc/kernels/common/wrapping.hpp"
#include "tmc/kernels/contract/add.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

// Addition of elements of type T, one at a time, straight from the contract.
template <typename ContractOf, typename T>
struct AddImplementation : ImplementationOf<ContractOf> {
  using typename ImplementationOf<ContractOf>::Contract;
  using typename ImplementationOf<ContractOf>::Params;
  using typename ImplementationOf<ContractOf>::Buffers;

  static constexpr Overlap overlap(const Params& p, int buffer) { return broadcast_overlap(p, buffer); }
  static constexpr double instructions(const Params& p) { return 45.0 * static_cast<double>(broadcast_elements(p)); }

  static void run(Params p, Buffers b) {
    for_each_broadcast(p, b.a, b.b, b.output, [&p](T a, T other) { return add(p, a, other); });
  }

  static constexpr T add(const Params& p, T a, T b) {
    const int32_t scaled_a = to_common_scale(a - p.a_zero_point, p.a_multiplier, p.a_shift);
    const int32_t scaled_b = to_common_scale(b - p.b_zero_point, p.b_multiplier, p.b_shift);
    const int32_t sum = scaled_a + p.b_sign * scaled_b;
    const int32_t scaled = multiply_by_quantized_multiplier(sum, p.output_multiplier, p.output_shift);
    return static_cast<T>(clamp(wrapping_add(scaled, p.output_zero_point), p.activation_min, p.activation_max));
  }

 private:
  static constexpr int32_t to_common_scale(int32_t value, int32_t multiplier, int32_t shift) {
    return multiply_by_quantized_multiplier(value * (1 << Contract::kLeftShift), multiplier, shift);
  }
};

struct AddS8 : AddImplementation<kernels::AddS8, int8_t> {
  static constexpr bool applies(const Params&) { return true; }
};

struct AddS16 : AddImplementation<kernels::AddS16, int16_t> {
  static constexpr bool applies(const Params& p) { return has_symmetric_operands(p) && p.b_sign == 1; }
};

}  // namespace tmc::kernels::portable
