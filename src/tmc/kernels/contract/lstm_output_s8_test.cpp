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
    LstmOutputS8::Params p;
    const IntegerGates sums = random_integer_gates(rng, p);
    p.cell_bits = static_cast<int32_t>(rng() % 7);
    p.multiplier = 1 << 30;  // with the shift: of products of 30 bits 2^-23, so that 1 is 128
    p.shift = -22;
    p.zero_point = static_cast<int32_t>(rng() % 20) - 10;
    const auto units = static_cast<size_t>(p.rows * p.hidden);
    const auto cell = random_values<int16_t>(rng, units, INT16_MIN, INT16_MAX);
    const std::vector<std::byte> bytes = run_gates<LstmOutputS8>(p, sums, cell, units, tested);
    ASSERT_EQ(bytes.size(), units);
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
