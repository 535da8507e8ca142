// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/recurrent_s16.hpp"
#include "tmc/kernels/testing/wide_states_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// What becomes of unit `i`, in steps of the state.
double real_state(const GruStateS16::Params& p, const WideStateCase& of, int32_t i) {
  const auto scaled = [&](size_t sums, size_t at, size_t gate) {
    const bool is_a = sums % 2 == 0;
    return real_number(of.sums[sums][at], is_a ? p.a_multipliers[gate] : p.b_multipliers[gate],
                       is_a ? p.a_shifts[gate] : p.b_shifts[gate]);
  };
  const auto gate = [&](int32_t number) {
    const auto at = static_cast<size_t>((i / p.hidden * 2 + number) * p.hidden + i % p.hidden);
    const auto which = static_cast<size_t>(number);
    return real_logistic(saturated_number(scaled(0, at, which) + scaled(1, at, which)) / 4096);
  };
  const auto unit = static_cast<size_t>(i);
  const double recurrent = scaled(3, unit, 2);
  const double let_through = p.reset_after != 0 ? gate(1) * std::clamp(recurrent, -65535.0, 65535.0) : recurrent;
  const double candidate = std::tanh(saturated_number(scaled(2, unit, 2) + let_through) / 4096);
  return gate(0) * of.state[unit] + (1 - gate(0)) * std::ldexp(candidate, 15 - p.state_bits);
}

TEST(GruStateS16, MixesStateAndCandidate) {
  std::mt19937 rng(22);
  std::vector<std::string> tested;
  for (int round = 0; round < 300; ++round) {
    GruStateS16::Params p{};
    const WideStateCase made = any_gru_state_case(rng, p);
    const std::vector<std::byte> bytes = expect_implementations_agree(made.test_case, &tested);
    ASSERT_EQ(bytes.size(), made.test_case.output_bytes);
    for (int32_t i = 0; i < std::ssize(made.state); ++i) {
      int16_t actual = 0;
      std::memcpy(&actual, &bytes[2 * static_cast<size_t>(i)], 2);
      EXPECT_NEAR(actual, saturated_number(real_state(p, made, i)), 24) << round;
    }
  }
  expect_all_were_tested(*find_kernel(GruStateS16::kName), tested);
}

// A state of the largest numbers, gates open and shut: nothing leaves 32 bits, and the state stays what it was.
TEST(GruStateS16, HoldsAStateAtItsEnds) {
  for (const int16_t state : {int16_t{INT16_MIN}, int16_t{INT16_MAX}}) {
    GruStateS16::Params p{};
    p.rows = p.hidden = p.states = 1;
    p.gates = 2;
    for (int i = 0; i < 3; ++i) p.a_multipliers[i] = p.b_multipliers[i] = 1 << 30;
    const auto words = [](int32_t a, int32_t b) { return to_bytes(std::vector<int32_t>{a, b}); };
    const auto word = [](int32_t a) { return to_bytes(std::vector<int32_t>{a}); };
    Case test_case;
    test_case.kernel = find_kernel(GruStateS16::kName);
    test_case.params = to_words(p);
    test_case.constants = {make_blob(DType::kU16, nearest_sigmoids())};
    const int32_t most = 1 << 30;
    const int32_t towards = state < 0 ? -most : most;
    test_case.inputs = {words(most, most), words(most, most), word(towards), word(towards),
                        to_bytes(std::vector<int16_t>{state})};
    test_case.output_bytes = sizeof(int16_t);
    std::vector<std::string> tested;
    const std::vector<std::byte> bytes = expect_implementations_agree(test_case, &tested);
    int16_t actual = 0;
    std::memcpy(&actual, bytes.data(), sizeof actual);
    EXPECT_NEAR(actual, state, 1);
  }
}

}  // namespace
}  // namespace tmc::kernels
