// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the kernels of integer recurrent layers: random sums, and gates in reals.

#include <cmath>
#include <cstring>

#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels::testing {

struct IntegerGates {
  std::vector<int32_t> a, b;
};

// Rows, units and, of every gate, multipliers that bring sums of 20 bits to numbers of three integer bits or beyond; or
// any shifts, of sums of 30 bits.
template <typename Params>
IntegerGates random_integer_gates(std::mt19937& rng, Params& p) {
  p = {};
  p.rows = static_cast<int32_t>(rng() % 3 + 1);
  p.hidden = static_cast<int32_t>(rng() % 9 + 1);
  p.gates = 4;
  p.states = 1;
  const bool extreme = rng() % 4 == 0;
  const int32_t most_shift = extreme ? 31 : 6;
  const int32_t most_sum = extreme ? 1 << 29 : 500'000;
  for (int i = 0; i < 4; ++i) {
    p.a_multipliers[i] = static_cast<int32_t>((1U << 30) + rng() % (1U << 30));
    p.b_multipliers[i] = static_cast<int32_t>((1U << 30) + rng() % (1U << 30));
    p.a_shifts[i] = -static_cast<int32_t>(rng() % static_cast<uint32_t>(most_shift + 1));
    p.b_shifts[i] = -static_cast<int32_t>(rng() % static_cast<uint32_t>(most_shift + 1));
  }
  const auto sums = static_cast<size_t>(p.rows * 4 * p.hidden);
  return {random_values<int32_t>(rng, sums, -most_sum, most_sum),
          random_values<int32_t>(rng, sums, -most_sum, most_sum)};
}

// The real that the gate's number stands for, of state element `at`.
template <typename Params>
double real_gate(const Params& p, const IntegerGates& sums, int32_t at, int32_t gate) {
  const auto index = static_cast<size_t>((at / p.hidden * 4 + gate) * p.hidden + at % p.hidden);
  const double a = std::ldexp(static_cast<double>(sums.a[index]) * p.a_multipliers[gate], p.a_shifts[gate] - 31);
  const double b = std::ldexp(static_cast<double>(sums.b[index]) * p.b_multipliers[gate], p.b_shifts[gate] - 31);
  return std::clamp(std::clamp(a, -32768.0, 32767.0) + b, -32768.0, 32767.0) / 4096;
}

inline double real_logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

template <typename Contract>
Case integer_gates_case(const typename Contract::Params& p, const IntegerGates& sums, const std::vector<int16_t>& state,
                        size_t output_bytes) {
  Case test_case;
  test_case.kernel = find_kernel(Contract::kName);
  test_case.params = to_words(p);
  test_case.constants = {make_blob(DType::kI32, std::vector<int32_t>{0})};
  test_case.inputs = {to_bytes(sums.a), to_bytes(sums.b), to_bytes(state)};
  test_case.output_bytes = output_bytes;
  return test_case;
}

struct LstmStateCase {
  LstmStateS16::Params params;
  IntegerGates sums;
  std::vector<int16_t> state;
  int32_t exponent;  // of the cell's scale
  Case test_case;
};

inline LstmStateCase any_lstm_state_case(std::mt19937& rng) {
  LstmStateCase made;
  made.sums = random_integer_gates(rng, made.params);
  made.exponent = -15 + static_cast<int32_t>(rng() % 5);
  made.params.product_shift = 30 + made.exponent;
  made.params.cell_clip = rng() % 2 == 0 ? 0 : 9000;
  made.params.coupled = rng() % 4 == 0 ? 1 : 0;
  const auto units = static_cast<size_t>(made.params.rows * made.params.hidden);
  made.state = random_values<int16_t>(rng, units, INT16_MIN, INT16_MAX);
  made.test_case = integer_gates_case<LstmStateS16>(made.params, made.sums, made.state, units * sizeof(int16_t));
  return made;
}

struct LstmOutputCase {
  LstmOutputS8::Params params;
  IntegerGates sums;
  std::vector<int16_t> cell;
  Case test_case;
};

inline LstmOutputCase any_lstm_output_case(std::mt19937& rng) {
  LstmOutputCase made;
  made.sums = random_integer_gates(rng, made.params);
  made.params.cell_bits = static_cast<int32_t>(rng() % 7);
  made.params.multiplier = 1 << 30;  // with the shift: of products of 30 bits 2^-23, so that 1 is 128
  made.params.shift = -22;
  made.params.zero_point = static_cast<int32_t>(rng() % 20) - 10;
  const auto units = static_cast<size_t>(made.params.rows * made.params.hidden);
  made.cell = random_values<int16_t>(rng, units, INT16_MIN, INT16_MAX);
  made.test_case = integer_gates_case<LstmOutputS8>(made.params, made.sums, made.cell, units);
  return made;
}

}  // namespace tmc::kernels::testing
