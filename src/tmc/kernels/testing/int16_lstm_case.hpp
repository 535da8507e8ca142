// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of lstm_cell_s16: random products of gates and states, cells of any scale.

#include "tmc/kernels/contract/lstm_cell_s16.hpp"
#include "tmc/kernels/testing/wide_states_case.hpp"

namespace tmc::kernels::testing {

struct Int16LstmCase {
  LstmCellS16::Params params;
  int32_t exponent;  // of the cell's scale
  std::vector<int16_t> a, b, states;
  Case test_case;
};

inline Int16LstmCase any_int16_lstm_case(std::mt19937& rng) {
  Int16LstmCase made;
  auto& p = made.params;
  p = {};
  p.rows = static_cast<int32_t>(rng() % 3 + 1);
  p.hidden = static_cast<int32_t>(rng() % 9 + 1);
  p.gates = 4;
  p.states = 2;
  made.exponent = -static_cast<int32_t>(rng() % 25);
  p.product_shift = 30 + made.exponent;
  p.cell_max = rng() % 3 == 0 ? static_cast<int32_t>(rng() % 32768) : INT16_MAX;
  p.cell_min = p.cell_max == INT16_MAX ? INT16_MIN : -p.cell_max;
  p.tanh_multiplier = made.exponent < -12 ? 3 : 3 << (made.exponent + 12);
  p.tanh_shift = made.exponent < -12 ? -12 - made.exponent : 0;
  // So that 1 is 2^14 to 2^15 steps, or saturates.
  p.multiplier = static_cast<int32_t>((1U << 30) + rng() % (1U << 30));
  p.shift = rng() % 4 == 0 ? -14 : -15;
  const auto units = static_cast<size_t>(p.rows * p.hidden);
  const int16_t most = rng() % 2 == 0 ? INT16_MAX : 12'000;
  made.a = random_values<int16_t>(rng, 4 * units, -most - 1, most);
  made.b = random_values<int16_t>(rng, 4 * units, -most - 1, most);
  made.states = random_values<int16_t>(rng, 2 * units, INT16_MIN, INT16_MAX);
  Case& test_case = made.test_case;
  test_case.kernel = find_kernel(LstmCellS16::kName);
  test_case.params = to_words(p);
  test_case.constants = {make_blob(DType::kU16, nearest_sigmoids())};
  test_case.inputs = {to_bytes(made.a), to_bytes(made.b), to_bytes(made.states)};
  test_case.output_bytes = 2 * units * sizeof(int16_t);
  return made;
}

}  // namespace tmc::kernels::testing
