// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/testing/integer_gates_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Near the reals; tests/test_recurrent.py compares bits with LiteRT.
TEST(LstmStateS16, StepsTheCell) {
  std::mt19937 rng(11);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    const auto [p, sums, state, exponent, test_case] = any_lstm_state_case(rng);
    const std::vector<std::byte> bytes = expect_implementations_agree(test_case, &tested);
    ASSERT_EQ(bytes.size(), state.size() * sizeof(int16_t));
    for (int32_t i = 0; i < std::ssize(state); ++i) {
      const double forget = real_logistic(real_gate(p, sums, i, 2));
      const double input = p.coupled != 0 ? 1 - forget : real_logistic(real_gate(p, sums, i, 0));
      const double added = input * std::tanh(real_gate(p, sums, i, 3));
      const double limit = p.cell_clip > 0 ? p.cell_clip : 32767.5;
      const double cell = forget * state[static_cast<size_t>(i)] + std::ldexp(added, -exponent);
      int16_t actual = 0;
      std::memcpy(&actual, &bytes[2 * static_cast<size_t>(i)], 2);
      EXPECT_NEAR(actual, std::clamp(cell, -limit, limit), 40) << round;
    }
  }
  expect_all_were_tested(*find_kernel(LstmStateS16::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
