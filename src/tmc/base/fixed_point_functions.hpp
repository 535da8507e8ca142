// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Logistic function and hyperbolic tangent of 16 bits, to the last bit those of gemmlowp's fixed point (its
// fixedpoint.h), which LiteRT's integer LSTM is defined by. A number of `integer_bits` has 15 - integer_bits bits
// behind the point. exp of what is negative is a polynomial on [-1/4, 0) times powers of e for the bits above;
// quotients are three Newton steps in numbers of two integer bits. Freestanding.

#include <stdint.h>

namespace tmc {
namespace fixed16 {

constexpr int32_t kOne = 32767;
constexpr int32_t kThird = 10923;
constexpr int32_t kExpOfMinusEighth = 28918;
constexpr int32_t kExpFactors[] = {25520, 19875, 12055, 4435, 600, 11, 0};  // exp(-2^e), e from -2 on
constexpr int32_t k48Over17 = 23130, kMinus32Over17 = -15420;               // of two integer bits

constexpr int32_t wrap(int32_t value) {
  return static_cast<int16_t>(value);
}
constexpr int32_t saturate(int32_t value) {
  return value < -32768 ? -32768 : value > 32767 ? 32767 : value;
}
// round(value / 2^exponent), ties away from zero; exponent of at least 1.
constexpr int32_t divide_by_pot(int32_t value, int32_t exponent) {
  return (value + (1 << (exponent - 1)) - (value < 0 ? 1 : 0)) >> exponent;
}

// What holds the numbers between the steps of a function. The reference's, which wraps and saturates them.
struct Reference {
  static constexpr int32_t wrapped(int32_t value) { return wrap(value); }
  static constexpr int32_t saturated(int32_t value) { return saturate(value); }
  // round(a * b / 2^15), ties upward.
  static constexpr int32_t product(int32_t a, int32_t b) {
    return a == -32768 && b == -32768 ? 32767 : (a * b + (1 << 14)) >> 15;
  }
};

// The same where nothing leaves 16 bits: of the functions below no argument lets it (tests ask for all of them).
struct Unchecked {
  static constexpr int32_t wrapped(int32_t value) { return value; }
  static constexpr int32_t saturated(int32_t value) { return value; }
  static constexpr int32_t product(int32_t a, int32_t b) { return (a * b + (1 << 14)) >> 15; }
};

// Of a in [-1/4, 0), without integer bits.
template <typename Held>
constexpr int32_t exp_on_quarter(int32_t a) {
  const int32_t x = Held::wrapped(a + (1 << 12));
  const int32_t x2 = Held::product(x, x);
  const int32_t x3 = Held::product(x2, x);
  const int32_t x4 = Held::product(x2, x2);
  const int32_t cubic = Held::wrapped(divide_by_pot(x4, 2) + x3);
  const int32_t rest = divide_by_pot(Held::wrapped(Held::product(cubic, kThird) + x2), 1);
  return Held::saturated(kExpOfMinusEighth + Held::product(kExpOfMinusEighth, Held::wrapped(x + rest)));
}

// Of a <= 0 of those integer bits; the result has none.
template <typename Held>
constexpr int32_t exp_of_negative(int32_t a, int32_t integer_bits) {
  if (a == 0) return kOne;
  const int32_t fraction_bits = 15 - integer_bits;
  const int32_t quarter = 1 << (fraction_bits - 2);
  if (integer_bits > 5 && a < -(1 << (fraction_bits + 5))) return 0;
  const int32_t within = (a & (quarter - 1)) - quarter;
  int32_t result = exp_on_quarter<Held>(within * (1 << integer_bits));
  const int32_t quarters = (within - a) >> (fraction_bits - 2);
#pragma GCC unroll 9
  for (int32_t i = 0; i < integer_bits + 2; ++i) {
    if ((quarters >> i & 1) != 0) result = Held::product(result, kExpFactors[i]);
  }
  return result;
}

// 2 / (1 + a) for a in [0, 1], of two integer bits.
template <typename Held>
constexpr int32_t twice_over_one_plus(int32_t a) {
  const int32_t half = (a + kOne + 1) >> 1;
  int32_t x = Held::wrapped(k48Over17 + Held::product(half, kMinus32Over17));
#pragma GCC unroll 3
  for (int32_t step = 0; step < 3; ++step) {
    const int32_t error = Held::wrapped((1 << 13) - Held::product(half, x));
    x = Held::wrapped(x + Held::saturated(Held::product(x, error) * 4));
  }
  return x;
}

}  // namespace fixed16

// 1 / (1 + exp(-x)), x of three integer bits, the result of none.
constexpr int16_t logistic_fixed16(int16_t x) {
  using namespace fixed16;
  if (x == 0) return 1 << 14;
  const int32_t size = x > 0 ? x : wrap(-x);
  const int32_t of_size = saturate(twice_over_one_plus<Reference>(exp_of_negative<Reference>(wrap(-size), 3)) * 2);
  return static_cast<int16_t>(x > 0 ? of_size : kOne - of_size);
}

// tanh(x), x of so many integer bits, at most 6; the result has none.
constexpr int16_t tanh_fixed16(int16_t x, int32_t integer_bits) {
  using namespace fixed16;
  if (x == 0) return 0;
  const int32_t negative = x < 0 ? x : wrap(-x);
  const int32_t quotient = twice_over_one_plus<Reference>(exp_of_negative<Reference>(negative, integer_bits + 1));
  const int32_t of_size = saturate(wrap(quotient - (1 << 13)) * 4);
  return static_cast<int16_t>(x < 0 ? wrap(-of_size) : of_size);
}

}  // namespace tmc
