// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/testing/integer_gates_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Near the reals; tests/test_recurrent.py compares bits with LiteRT.
TEST(LstmOutputS8, IsTheGateOfTheCell) {
  std::mt19937 rng(12);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    const auto [p, sums, cell, test_case] = any_lstm_output_case(rng);
    const std::vector<std::byte> bytes = expect_implementations_agree(test_case, &tested);
    ASSERT_EQ(bytes.size(), cell.size());
    for (int32_t i = 0; i < std::ssize(cell); ++i) {
      const double of_cell = std::tanh(std::ldexp(cell[static_cast<size_t>(i)], p.cell_bits - 15));
      const double expected = 128 * real_logistic(real_gate(p, sums, i, 1)) * of_cell + p.zero_point;
      EXPECT_NEAR(static_cast<int8_t>(bytes[static_cast<size_t>(i)]), std::clamp(expected, -128.0, 127.0), 0.6)
          << round;
    }
  }
  expect_all_were_tested(*find_kernel(LstmOutputS8::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
