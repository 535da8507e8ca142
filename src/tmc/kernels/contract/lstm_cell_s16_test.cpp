// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/lstm_cell_s16.hpp"
#include "tmc/kernels/testing/int16_lstm_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Near the reals; tests/test_tflite_lstm_int16.py compares bits with TensorFlow Lite Micro.
TEST(LstmCellS16, StepsItsTwoStates) {
  std::mt19937 rng(31);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    const Int16LstmCase made = any_int16_lstm_case(rng);
    const auto& p = made.params;
    const std::vector<std::byte> bytes = expect_implementations_agree(made.test_case, &tested);
    ASSERT_EQ(bytes.size(), made.test_case.output_bytes);
    std::vector<int16_t> actual(made.states.size());
    std::memcpy(actual.data(), bytes.data(), bytes.size());
    const auto units = made.states.size() / 2;
    for (size_t i = 0; i < units; ++i) {
      const auto hidden = static_cast<size_t>(p.hidden);
      const auto number = [&](size_t gate) {
        const size_t at = (i / hidden * 4 + gate) * hidden + i % hidden;
        return saturated_number(1.0 * made.a[at] + made.b[at]) / 4096;
      };
      const double kept = real_logistic(number(2)) * made.states[units + i];
      const double added = std::ldexp(real_logistic(number(0)) * std::tanh(number(3)), -made.exponent);
      const double cell =
          std::clamp(kept + saturated_number(added), static_cast<double>(p.cell_min), static_cast<double>(p.cell_max));
      // The functions are near by a few steps of 2^-15, which are steps of the cell times this.
      const double steps = std::max(1.0, std::ldexp(1.0, -15 - made.exponent));
      EXPECT_NEAR(actual[units + i], cell, 8 * steps) << round;
      const double seen = std::tanh(std::ldexp(1.0 * actual[units + i], made.exponent));
      const double scale = std::ldexp(1.0 * p.multiplier, p.shift - 1);
      EXPECT_NEAR(actual[i], saturated_number(real_logistic(number(1)) * seen * scale), 16) << round;
    }
  }
  expect_all_were_tested(*find_kernel(LstmCellS16::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
