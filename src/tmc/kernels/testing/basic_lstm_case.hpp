// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of basic_lstm_state_s16 and basic_lstm_output_s8: any numbers of gates and states.

#include "tmc/kernels/contract/basic_lstm_s16.hpp"
#include "tmc/kernels/testing/integer_gates_case.hpp"

namespace tmc::kernels::testing {

template <typename Contract>
struct BasicLstmCase {
  typename Contract::Params params;
  std::vector<int16_t> gates, state;
  Case test_case;

  // The real that a gate's number stands for, of state element `at`.
  double real_gate(int32_t at, int32_t gate) const {
    const auto index = static_cast<size_t>((at / params.hidden * 4 + gate) * params.hidden + at % params.hidden);
    return gates[index] / 4096.0;
  }
};

template <typename Contract>
BasicLstmCase<Contract> any_basic_lstm_case(std::mt19937& rng, size_t element_bytes) {
  BasicLstmCase<Contract> made{};
  auto& p = made.params;
  p.rows = static_cast<int32_t>(rng() % 3 + 1);
  p.hidden = static_cast<int32_t>(rng() % 9 + 1);
  p.state_elements = p.output_elements = p.rows * p.hidden;
  p.gates_elements = 4 * p.state_elements;
  made.gates = random_values<int16_t>(rng, static_cast<size_t>(p.gates_elements), INT16_MIN, INT16_MAX);
  made.state = random_values<int16_t>(rng, static_cast<size_t>(p.state_elements), INT16_MIN, INT16_MAX);
  made.test_case.kernel = find_kernel(Contract::kName);
  made.test_case.params = to_words(p);
  made.test_case.inputs = {to_bytes(made.gates), to_bytes(made.state)};
  made.test_case.output_bytes = static_cast<size_t>(p.output_elements) * element_bytes;
  return made;
}

inline BasicLstmCase<BasicLstmStateS16> any_basic_lstm_state_case(std::mt19937& rng) {
  return any_basic_lstm_case<BasicLstmStateS16>(rng, sizeof(int16_t));
}
inline BasicLstmCase<BasicLstmOutputS8> any_basic_lstm_output_case(std::mt19937& rng) {
  return any_basic_lstm_case<BasicLstmOutputS8>(rng, sizeof(int8_t));
}

}  // namespace tmc::kernels::testing
