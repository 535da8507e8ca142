// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/recurrent_s16.hpp"
#include "tmc/kernels/testing/wide_states_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

double real_function(const GateS16::Params& p, double number) {
  if (p.function == static_cast<int32_t>(IntegerGate::kRelu)) return std::fmax(number, 0);
  const double x = number / 4096;
  const double value = p.function == static_cast<int32_t>(IntegerGate::kTanh) ? std::tanh(x) : real_logistic(x);
  return std::ldexp(value, 15 - (p.times_state != 0 ? 0 : p.state_bits));
}

TEST(GateS16, IsTheFunctionOfTheSumOfOneGate) {
  std::mt19937 rng(21);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    GateS16::Params p{};
    const WideStateCase made = any_gate_case(rng, p);
    const std::vector<std::byte> bytes = expect_implementations_agree(made.test_case, &tested);
    ASSERT_EQ(bytes.size(), made.test_case.output_bytes);
    for (int32_t i = 0; i < std::ssize(made.state); ++i) {
      const auto at = static_cast<size_t>((i / p.hidden * p.gates + p.gate) * p.hidden + i % p.hidden);
      const double number = saturated_number(real_number(made.sums[0][at], p.a_multipliers[0], p.a_shifts[0]) +
                                             real_number(made.sums[1][at], p.b_multipliers[0], p.b_shifts[0]));
      const double factor = p.times_state != 0 ? made.state[static_cast<size_t>(i)] / 32768.0 : 1;
      int16_t actual = 0;
      std::memcpy(&actual, &bytes[2 * static_cast<size_t>(i)], 2);
      EXPECT_NEAR(actual, saturated_number(factor * real_function(p, number)), 16) << round;
    }
  }
  expect_all_were_tested(*find_kernel(GateS16::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
