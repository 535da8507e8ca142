// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/basic_lstm_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Near the reals; tests/test_tflite_recurrent_forms.py compares bits with LiteRT.
TEST(BasicLstmOutputS8, IsTheGateOfTheCell) {
  std::mt19937 rng(15);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    const auto made = any_basic_lstm_output_case(rng);
    const std::vector<std::byte> bytes = expect_implementations_agree(made.test_case, &tested);
    ASSERT_EQ(bytes.size(), made.test_case.output_bytes);
    for (int32_t i = 0; i < std::ssize(made.state); ++i) {
      const double of_cell = std::tanh(made.state[static_cast<size_t>(i)] / 2048.0);
      const double expected = 128 * real_logistic(made.real_gate(i, 3)) * of_cell;
      EXPECT_NEAR(static_cast<int8_t>(bytes[static_cast<size_t>(i)]), std::clamp(expected, -128.0, 127.0), 0.7)
          << round;
    }
  }
  expect_all_were_tested(*find_kernel(BasicLstmOutputS8::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
