// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/kernels/testing/gates_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(GateF32, IsTheFunctionOfTheSumOfOneGate) {
  std::mt19937 rng(7);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    auto p = random_gates<GateF32::Params>(rng, static_cast<int32_t>(rng() % 3 + 1), 1);
    p.gate = static_cast<int32_t>(rng() % static_cast<uint32_t>(p.gates));
    p.times_state = static_cast<int32_t>(rng() % 2);
    const int64_t units = int64_t{p.rows} * p.hidden;
    const auto a = random_reals(rng, units * p.gates);
    const auto b = random_reals(rng, units * p.gates);
    const auto state = random_reals(rng, units);
    std::vector<double> expected;
    for (int32_t i = 0; i < units; ++i) {
      const auto at = static_cast<size_t>((i / p.hidden * p.gates + p.gate) * p.hidden + i % p.hidden);
      const double gate = exact_function(p, 0, static_cast<double>(a[at]) + static_cast<double>(b[at]));
      expected.push_back(p.times_state != 0 ? gate * static_cast<double>(state[static_cast<size_t>(i)]) : gate);
    }
    expect_states<GateF32>(p, {a, b, state}, expected, tested);
  }
  expect_all_were_tested(*find_kernel(GateF32::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
