// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The logistic function and the hyperbolic tangent of an integer LSTM by arithmetic, as detail/gate_table.hpp has them
// in a table. x has 16 bits.

#include "tmc/base/fixed_point_functions.hpp"
#include "tmc/kernels/armv7em/detail/intrinsics.hpp"

namespace tmc::kernels::armv7em {

struct GateArithmetic {
  explicit GateArithmetic(const int32_t*) {}

  int32_t logistic(int32_t x) const {
    if (x == 0) return 1 << 14;
    const int32_t of_size = 2 * quotient(x < 0 ? x : -x, 3);
    return x < 0 ? fixed16::kOne - of_size : of_size;
  }
  int32_t tanh(int32_t x, int32_t integer_bits) const {
    if (x == 0) return 0;
    const int32_t of_size = saturate_s16((quotient(x < 0 ? x : -x, integer_bits + 1) - (1 << 13)) * 4);
    return x < 0 ? -of_size : of_size;
  }

 private:
  // 2 / (1 + exp(a)) of two integer bits, a below 0 of so many.
  static int32_t quotient(int32_t a, int32_t integer_bits) {
    using fixed16::Unchecked;
    return fixed16::twice_over_one_plus<Unchecked>(fixed16::exp_of_negative<Unchecked>(a, integer_bits));
  }
};

}  // namespace tmc::kernels::armv7em
