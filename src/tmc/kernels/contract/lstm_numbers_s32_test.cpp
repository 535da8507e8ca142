// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/lstm_numbers_s32.hpp"

#include "tmc/base/fixed_point_root.hpp"
#include "tmc/kernels/testing/lstm_numbers_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

double scaled(double value, int32_t multiplier, int32_t shift) {
  return std::ldexp(value * multiplier, shift - 31);
}
double saturated(double value) {
  return std::clamp(value, -32768.0, 32767.0);
}

// The numbers of a gate of a row, in reals.
std::vector<double> real_numbers(const LstmNumbersCase& made, int32_t row, int32_t gate) {
  const auto& p = made.params;
  std::vector<double> numbers;
  double sum = 0;
  double squares = 0;
  for (int32_t unit = 0; unit < p.hidden; ++unit) {
    const auto at = static_cast<size_t>((row * p.sum_gates + gate + p.sum_gates - 4) * p.hidden + unit);
    const double a = saturated(scaled(made.a[at], p.a_multipliers[gate], p.a_shifts[gate]));
    double number = saturated(a + scaled(made.b[at], p.b_multipliers[gate], p.b_shifts[gate]));
    if (p.has_peepholes != 0 && gate != 3) {
      const double product = double{1} * made.peepholes[static_cast<size_t>(gate * p.hidden + unit)] *
                             made.cell[static_cast<size_t>(row * p.hidden + unit)];
      number = saturated(number + scaled(product, p.peephole_multipliers[gate], p.peephole_shifts[gate]));
    }
    numbers.push_back(number);
    sum += number;
    squares += number * number;
  }
  if (p.has_normalization == 0) return numbers;
  const double mean = sum / p.hidden;
  const double variance = squares / p.hidden - mean * mean;
  for (int32_t unit = 0; unit < p.hidden; ++unit) {
    const auto at = static_cast<size_t>(gate * p.hidden + unit);
    double& number = numbers[static_cast<size_t>(unit)];
    const double normalized = (number - mean) / std::sqrt(variance < 1 ? p.variance_guards[gate] : variance);
    const double weighted = normalized * made.coefficients[at] + made.biases[at] / 1024.0;
    number = saturated(scaled(weighted, p.multipliers[gate], p.shifts[gate] + 12));
  }
  return numbers;
}

// Near the reals where the variance says something; tests/test_tflite_integer_lstm.py compares bits with LiteRT.
TEST(LstmNumbersS32, AreNearTheirDefinition) {
  std::mt19937 rng(13);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    const LstmNumbersCase made = any_lstm_numbers_case(rng);
    const auto& p = made.params;
    const std::vector<std::byte> bytes = expect_implementations_agree(made.test_case, &tested);
    ASSERT_EQ(bytes.size(), made.test_case.output_bytes);
    for (int32_t row = 0; row < p.rows; ++row) {
      for (int32_t gate = 0; gate < 4; ++gate) {
        const bool is_wanted = (p.mask >> gate & 1) != 0;
        const std::vector<double> expected =
            is_wanted ? real_numbers(made, row, gate) : std::vector<double>(static_cast<size_t>(p.hidden), 0);
        for (int32_t unit = 0; unit < p.hidden; ++unit) {
          int32_t actual = 0;
          std::memcpy(&actual, &bytes[sizeof(int32_t) * static_cast<size_t>((row * 4 + gate) * p.hidden + unit)], 4);
          // Halves of a unit of the row move what is normalised by the more the less of it there is.
          const double slack = p.has_normalization != 0 ? 600 : 3;
          EXPECT_NEAR(actual / 2.0, expected[static_cast<size_t>(unit)], slack) << round;
        }
      }
    }
  }
  expect_all_were_tested(*find_kernel(LstmNumbersS32::kName), tested);
}

TEST(LstmNumbersS32, RootsAreThoseOfReals) {
  for (int32_t value = 2; value < 1'000'000'000; value += value / 7 + 1) {
    const FixedMultiplier root = inverse_root(value);
    EXPECT_NEAR(std::ldexp(root.multiplier, root.shift - 31) * std::sqrt(value), 1, 1e-4) << value;
  }
  EXPECT_EQ(inverse_root(1).multiplier, INT32_MAX);
  EXPECT_EQ(inverse_root(0).shift, 0);
}

}  // namespace
}  // namespace tmc::kernels
