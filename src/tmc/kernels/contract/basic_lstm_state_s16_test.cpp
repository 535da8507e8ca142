// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/basic_lstm_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Near the reals; tests/test_tflite_recurrent_forms.py compares bits with LiteRT.
TEST(BasicLstmStateS16, StepsTheCell) {
  std::mt19937 rng(14);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    const auto made = any_basic_lstm_state_case(rng);
    const std::vector<std::byte> bytes = expect_implementations_agree(made.test_case, &tested);
    ASSERT_EQ(bytes.size(), made.test_case.output_bytes);
    for (int32_t i = 0; i < std::ssize(made.state); ++i) {
      const double added = real_logistic(made.real_gate(i, 0)) * std::tanh(made.real_gate(i, 1)) * 2048;
      const double cell = real_logistic(made.real_gate(i, 2)) * made.state[static_cast<size_t>(i)] + added;
      int16_t actual = 0;
      std::memcpy(&actual, &bytes[2 * static_cast<size_t>(i)], 2);
      EXPECT_NEAR(actual, std::clamp(cell, -32768.0, 32767.0), 20) << round;
    }
  }
  expect_all_were_tested(*find_kernel(BasicLstmStateS16::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
