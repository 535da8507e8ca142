// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the kernels of integer recurrent layers with states of 16 bits: random sums, and gates in reals.

#include "tmc/kernels/contract/recurrent_s16.hpp"
#include "tmc/kernels/testing/integer_gates_case.hpp"

namespace tmc::kernels::testing {

// Of sigmoid_s16, to the nearest.
inline std::vector<uint16_t> nearest_sigmoids() {
  std::vector<uint16_t> sigmoids;
  for (int i = 0; i < 256; ++i) {
    const double value = std::round(65536 * real_logistic(i / 24.0));
    sigmoids.push_back(static_cast<uint16_t>(std::fmin(value, 65535)));
  }
  return sigmoids;
}

// Rows, units and multipliers that bring sums of 20 bits to numbers of three integer bits or beyond; or any, and
// shifts, of sums of 32 bits. Returns the size of the largest sums.
template <typename Params>
int32_t random_scales(std::mt19937& rng, Params& p) {
  p.rows = static_cast<int32_t>(rng() % 3 + 1);
  p.hidden = static_cast<int32_t>(rng() % 9 + 1);
  p.states = 1;
  const bool extreme = rng() % 4 == 0;
  const uint32_t most = extreme ? 1U << 31 : 1U << 28;
  for (size_t i = 0; i < std::size(p.a_multipliers); ++i) {
    p.a_multipliers[i] = static_cast<int32_t>(rng() % most);
    p.b_multipliers[i] = static_cast<int32_t>(rng() % most);
    p.a_shifts[i] = static_cast<int32_t>(extreme ? rng() % 25 : rng() % 2);
    p.b_shifts[i] = static_cast<int32_t>(extreme ? rng() % 25 : rng() % 2);
  }
  return extreme ? INT32_MAX : 500'000;
}

// A sum in numbers, whose unit is 2^-12.
inline double real_number(int32_t sum, int32_t multiplier, int32_t shift) {
  const double most = std::ldexp(1.0, 31 - shift);
  return std::ldexp(std::clamp(static_cast<double>(sum), -most, most) * multiplier, shift - 32);
}
inline double saturated_number(double number) {
  return std::clamp(number, -32768.0, 32767.0);
}

struct WideStateCase {
  std::vector<std::vector<int32_t>> sums;
  std::vector<int16_t> state;
  Case test_case;
};

// Sums of so many gates a unit.
template <typename Contract>
WideStateCase wide_state_case(std::mt19937& rng, const typename Contract::Params& p, int32_t most_sum,
                              const std::vector<int32_t>& gates) {
  WideStateCase made;
  const auto units = static_cast<size_t>(p.rows * p.hidden);
  made.test_case.kernel = find_kernel(Contract::kName);
  made.test_case.params = to_words(p);
  made.test_case.constants = {make_blob(DType::kU16, nearest_sigmoids())};
  for (const int32_t of_unit : gates) {
    made.sums.push_back(random_values<int32_t>(rng, units * static_cast<size_t>(of_unit), -most_sum, most_sum));
    made.test_case.inputs.push_back(to_bytes(made.sums.back()));
  }
  made.state = random_values<int16_t>(rng, units, INT16_MIN, INT16_MAX);
  made.test_case.inputs.push_back(to_bytes(made.state));
  made.test_case.output_bytes = units * sizeof(int16_t);
  return made;
}

inline GateS16::Params any_gate_params(std::mt19937& rng, int32_t& most_sum) {
  GateS16::Params p{};
  most_sum = random_scales(rng, p);
  p.gates = static_cast<int32_t>(rng() % 3 + 1);
  p.gate = static_cast<int32_t>(rng() % static_cast<uint32_t>(p.gates));
  p.function = static_cast<int32_t>(rng() % 3);
  p.times_state = static_cast<int32_t>(rng() % 2);
  p.state_bits = static_cast<int32_t>(rng() % 3);
  return p;
}
inline WideStateCase any_gate_case(std::mt19937& rng, GateS16::Params& p) {
  int32_t most_sum = 0;
  p = any_gate_params(rng, most_sum);
  return wide_state_case<GateS16>(rng, p, most_sum, {p.gates, p.gates});
}
inline WideStateCase any_gru_state_case(std::mt19937& rng, GruStateS16::Params& p) {
  p = {};
  const int32_t most_sum = random_scales(rng, p);
  p.gates = 2;
  p.reset_after = static_cast<int32_t>(rng() % 2);
  p.state_bits = static_cast<int32_t>(rng() % 3);
  return wide_state_case<GruStateS16>(rng, p, most_sum, {2, 2, 1, 1});
}

}  // namespace tmc::kernels::testing
