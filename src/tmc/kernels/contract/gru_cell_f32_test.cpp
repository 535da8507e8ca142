// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/kernels/testing/gates_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(GruCellF32, MixesStateAndCandidate) {
  std::mt19937 rng(8);
  std::vector<std::string> tested;
  for (int round = 0; round < 200; ++round) {
    auto p = random_gates<GruCellF32::Params>(rng, 2, 1);
    p.reset_after = static_cast<int32_t>(rng() % 2);
    const int64_t units = int64_t{p.rows} * p.hidden;
    const auto a = random_reals(rng, units * 2), b = random_reals(rng, units * 2);
    const auto candidate_a = random_reals(rng, units), candidate_b = random_reals(rng, units);
    const auto state = random_reals(rng, units);
    std::vector<double> expected;
    for (int32_t i = 0; i < units; ++i) {
      const auto unit = static_cast<size_t>(i);
      const auto gate = [&](int32_t number) {
        const auto at = static_cast<size_t>((i / p.hidden * 2 + number) * p.hidden + i % p.hidden);
        return exact_function(p, 0, static_cast<double>(a[at]) + static_cast<double>(b[at]));
      };
      const double factor = p.reset_after != 0 ? gate(1) : 1;
      const double candidate = exact_function(
          p, 1, static_cast<double>(candidate_a[unit]) + factor * static_cast<double>(candidate_b[unit]));
      expected.push_back((1 - gate(0)) * candidate + gate(0) * static_cast<double>(state[unit]));
    }
    expect_states<GruCellF32>(p, {a, b, candidate_a, candidate_b, state}, expected, tested);
  }
  expect_all_were_tested(*find_kernel(GruCellF32::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
