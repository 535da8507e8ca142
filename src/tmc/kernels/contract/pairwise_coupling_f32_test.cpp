// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/pairwise_coupling_f32.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;
using Params = PairwiseCouplingF32::Params;

Params params_of(int32_t rows, int32_t classes) {
  return {.input_elements = rows * classes * (classes - 1) / 2,
          .output_elements = rows * classes,
          .rows = rows,
          .classes = classes};
}

// Of each class, how far its element of Qp is from p'Qp, which no class's is at the least p'Qp.
std::vector<double> distances(int32_t classes, const float* pairs, const float* shares) {
  const auto n = static_cast<size_t>(classes);
  std::vector<double> r(n * n, 0), qp(n, 0);
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = i + 1; j < n; ++j) {
      r[i * n + j] = static_cast<double>(*pairs++);
      r[j * n + i] = 1 - r[i * n + j];
    }
  }
  double all = 0;
  for (size_t t = 0; t < n; ++t) {
    for (size_t j = 0; j < n; ++j) {
      if (j == t) continue;
      qp[t] += r[j * n + t] * r[j * n + t] * static_cast<double>(shares[t]);
      qp[t] -= r[j * n + t] * r[t * n + j] * static_cast<double>(shares[j]);
    }
    all += static_cast<double>(shares[t]) * qp[t];
  }
  for (double& value : qp) value = std::abs(value - all);
  return qp;
}

TEST(PairwiseCouplingF32, ComesNearTheLeast) {
  std::mt19937 rng(3);
  std::uniform_real_distribution<float> any(0.01F, 0.99F);
  for (int round = 0; round < 200; ++round) {
    const Params p = params_of(pick(rng, 1, 3), pick(rng, 2, 9));
    std::vector<float> input(static_cast<size_t>(p.input_elements));
    for (float& value : input) value = any(rng);
    const auto output =
        run_signal<PairwiseCouplingF32, float>(p, {to_bytes(input)}, static_cast<size_t>(p.output_elements));
    for (int32_t row = 0; row < p.rows; ++row) {
      const float* shares = &output[static_cast<size_t>(row * p.classes)];
      EXPECT_NEAR(std::accumulate(shares, shares + p.classes, 0.0F), 1, 1e-5) << round;
      const float* pairs = &input[static_cast<size_t>(row * p.classes * (p.classes - 1) / 2)];
      for (const double distance : distances(p.classes, pairs, shares)) {
        EXPECT_LT(distance, 0.0051 / p.classes) << round;
      }
    }
  }
}

// Where the pairs agree with some probabilities, r(i, j) = p(i) / (p(i) + p(j)), these come out.
TEST(PairwiseCouplingF32, FindsWhatThePairsWereMadeOf) {
  const std::vector<float> wanted = {0.5F, 0.2F, 0.2F, 0.1F};
  std::vector<float> input;
  for (size_t i = 0; i < wanted.size(); ++i) {
    for (size_t j = i + 1; j < wanted.size(); ++j) input.push_back(wanted[i] / (wanted[i] + wanted[j]));
  }
  const auto output = run_signal<PairwiseCouplingF32, float>(params_of(1, 4), {to_bytes(input)}, 4);
  for (size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(output[i], wanted[i], 0.02) << i;
}

// What is certain of all pairs stays finite.
TEST(PairwiseCouplingF32, TakesWhatIsNearlyCertain) {
  const std::vector<float> input = {1 - 1e-7F, 1 - 1e-7F, 1e-7F};
  const auto output = run_signal<PairwiseCouplingF32, float>(params_of(1, 3), {to_bytes(input)}, 3);
  EXPECT_NEAR(output[0], 1, 0.01);
}

}  // namespace
}  // namespace tmc::kernels
