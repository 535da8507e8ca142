// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/kernels/testing/gates_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(LstmCellF32, StepsItsTwoStates) {
  std::mt19937 rng(9);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    auto p = random_gates<LstmCellF32::Params>(rng, 4, 2);
    p.peepholes = rng() % 2 == 0 ? 1 : 3;
    p.cell_clip = rng() % 3 == 0 ? 0.9F : std::numeric_limits<float>::infinity();
    p.input_forget = static_cast<int32_t>(rng() % 2);
    const int64_t units = int64_t{p.rows} * p.hidden;
    const auto a = random_reals(rng, units * 4), b = random_reals(rng, units * 4);
    const auto peepholes = random_reals(rng, int64_t{p.peepholes} * p.hidden);
    const auto states = random_reals(rng, units * 2);
    std::vector<double> expected(static_cast<size_t>(units) * 2);
    for (int32_t i = 0; i < units; ++i) {
      const auto real = [](const std::vector<float>& from, int64_t at) {
        return static_cast<double>(from[static_cast<size_t>(at)]);
      };
      const auto sum = [&](int64_t gate, double seen) {
        const int64_t at = (i / p.hidden * 4 + gate) * p.hidden + i % p.hidden;
        const double peephole = p.peepholes == 3 && gate < 3 ? real(peepholes, gate * p.hidden + i % p.hidden) : 0;
        return real(a, at) + real(b, at) + peephole * seen;
      };
      const double before = real(states, units + i);
      const double input = exact_function(p, 0, sum(0, before));
      const double forget = p.input_forget != 0 ? 1 - input : exact_function(p, 0, sum(2, before));
      const auto limit = static_cast<double>(p.cell_clip);
      const double cell = std::clamp(forget * before + input * exact_function(p, 1, sum(3, 0)), -limit, limit);
      expected[static_cast<size_t>(units + i)] = cell;
      auto unclipped = p;
      unclipped.clip = std::numeric_limits<float>::infinity();
      expected[static_cast<size_t>(i)] = exact_function(p, 0, sum(1, cell)) * exact_function(unclipped, 2, cell);
    }
    expect_states<LstmCellF32>(p, {a, b, peepholes, states}, expected, tested);
  }
  expect_all_were_tested(*find_kernel(LstmCellF32::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
