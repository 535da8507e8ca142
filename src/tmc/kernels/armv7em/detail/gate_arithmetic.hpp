// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The logistic function and the hyperbolic tangent of base/fixed_point_functions.hpp by the same arithmetic, without
// the saturations that no argument reaches: host/detail/gate_table_test.cpp asks for all of them.

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
  static int32_t product(int32_t a, int32_t b) { return (a * b + (1 << 14)) >> 15; }

  // Of a in [-1/4, 0), without integer bits.
  static int32_t exp_on_quarter(int32_t a) {
    const int32_t x = a + (1 << 12);
    const int32_t x2 = product(x, x);
    const int32_t cubic = ((product(x2, x2) + 2) >> 2) + product(x2, x);
    const int32_t rest = fixed16::divide_by_pot(product(cubic, fixed16::kThird) + x2, 1);
    return fixed16::kExpOfMinusEighth + product(fixed16::kExpOfMinusEighth, x + rest);
  }

  // 2 / (1 + exp(a)) of two integer bits, a below 0 of so many.
  static int32_t quotient(int32_t a, int32_t integer_bits) {
    const int32_t fraction_bits = 15 - integer_bits;
    if (integer_bits > 5 && a < -(1 << (fraction_bits + 5))) return reciprocal(0);
    const int32_t quarter = 1 << (fraction_bits - 2);
    const int32_t within = (a & (quarter - 1)) - quarter;
    int32_t exp = exp_on_quarter(within * (1 << integer_bits));
    const int32_t quarters = (within - a) >> (fraction_bits - 2);
#pragma GCC unroll 9
    for (int32_t i = 0; i < integer_bits + 2; ++i) {
      if ((quarters >> i & 1) != 0) exp = product(exp, fixed16::kExpFactors[i]);
    }
    return reciprocal(exp);
  }

  // 2 / (1 + a) for a in [0, 1], of two integer bits.
  static int32_t reciprocal(int32_t a) {
    const int32_t half = (a + fixed16::kOne + 1) >> 1;
    int32_t x = fixed16::k48Over17 + product(half, fixed16::kMinus32Over17);
#pragma GCC unroll 3
    for (int32_t step = 0; step < 3; ++step) x += product(x, (1 << 13) - product(half, x)) * 4;
    return x;
  }
};

}  // namespace tmc::kernels::armv7em
