// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of lstm_numbers_s32: random sums, with and without peepholes and normalisation.

#include "tmc/kernels/contract/lstm_numbers_s32.hpp"
#include "tmc/kernels/testing/integer_gates_case.hpp"

namespace tmc::kernels::testing {

struct LstmNumbersCase {
  LstmNumbersS32::Params params;
  std::vector<int32_t> a, b;
  std::vector<int16_t> cell, peepholes, coefficients;
  std::vector<int32_t> biases;
  Case test_case;
};

inline LstmNumbersS32::Params any_lstm_numbers_params(std::mt19937& rng) {
  LstmNumbersS32::Params p{};
  p.rows = static_cast<int32_t>(rng() % 3 + 1);
  p.hidden = static_cast<int32_t>(rng() % 9 + 1);
  p.sum_gates = rng() % 3 == 0 ? 3 : 4;
  p.mask = static_cast<int32_t>(rng() % 16);
  if (p.sum_gates == 3) p.mask &= 14;
  p.gates_a_elements = p.gates_b_elements = p.rows * p.sum_gates * p.hidden;
  p.cell_elements = p.rows * p.hidden;
  p.output_elements = p.rows * 4 * p.hidden;
  p.has_peepholes = rng() % 2 == 0 ? 1 : 0;
  p.has_normalization = rng() % 2 == 0 ? 1 : 0;
  const auto any_multiplier = [&] { return static_cast<int32_t>((1U << 30) + rng() % (1U << 30)); };
  for (int gate = 0; gate < 4; ++gate) {
    p.a_multipliers[gate] = any_multiplier();
    p.b_multipliers[gate] = any_multiplier();
    p.a_shifts[gate] = -static_cast<int32_t>(rng() % 7);
    p.b_shifts[gate] = -static_cast<int32_t>(rng() % 7);
    p.peephole_multipliers[gate] = any_multiplier();
    p.peephole_shifts[gate] = -14 - static_cast<int32_t>(rng() % 4);
    p.multipliers[gate] = any_multiplier();
    p.shifts[gate] = -14 - static_cast<int32_t>(rng() % 3);
    p.variance_guards[gate] = static_cast<int32_t>(rng() % 10 + 1);
  }
  return p;
}

inline LstmNumbersCase any_lstm_numbers_case(std::mt19937& rng) {
  LstmNumbersCase made;
  made.params = any_lstm_numbers_params(rng);
  const auto& p = made.params;
  const auto sums = static_cast<size_t>(p.gates_a_elements);
  const auto of_gates = static_cast<size_t>(4 * p.hidden);
  // Some rows are alike, of which there is no variance.
  const int32_t most = rng() % 8 == 0 ? 0 : 20'000;
  made.a = random_values<int32_t>(rng, sums, -most, most);
  made.b = random_values<int32_t>(rng, sums, -most, most);
  made.cell = random_values<int16_t>(rng, static_cast<size_t>(p.cell_elements), INT16_MIN, INT16_MAX);
  made.peepholes = random_values<int16_t>(rng, of_gates, -32767, INT16_MAX);
  made.coefficients = random_values<int16_t>(rng, of_gates, -32767, INT16_MAX);
  made.biases = random_values<int32_t>(rng, of_gates, -2'000'000, 2'000'000);
  Case& test_case = made.test_case;
  test_case.kernel = find_kernel(LstmNumbersS32::kName);
  test_case.params = to_words(p);
  test_case.constants = {make_blob(DType::kI16, made.peepholes), make_blob(DType::kI16, made.coefficients),
                         make_blob(DType::kI32, made.biases)};
  test_case.inputs = {to_bytes(made.a), to_bytes(made.b), to_bytes(made.cell)};
  test_case.output_bytes = static_cast<size_t>(p.output_elements) * sizeof(int32_t);
  return made;
}

}  // namespace tmc::kernels::testing
