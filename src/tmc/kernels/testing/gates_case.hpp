// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the kernels of recurrent layers: random sums, and the functions of gates in double.

#include <cmath>
#include <cstring>
#include <limits>

#include "tmc/function/gate.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels::testing {

inline std::vector<float> random_reals(std::mt19937& rng, int64_t count) {
  std::vector<float> reals(static_cast<size_t>(count));
  for (float& real : reals) real = std::normal_distribution<float>(0, 2)(rng);
  return reals;
}

inline double exact_gate(function::Gate gate, double alpha, double beta, double x) {
  switch (gate) {
    case function::Gate::kSigmoid:
      return 1 / (1 + std::exp(-x));
    case function::Gate::kTanh:
      return std::tanh(x);
    case function::Gate::kRelu:
      return std::max(x, 0.0);
    case function::Gate::kAffine:
      return alpha * x + beta;
    case function::Gate::kLeakyRelu:
      return x < 0 ? alpha * x : x;
    case function::Gate::kThresholdedRelu:
      return x > alpha ? x : 0;
    case function::Gate::kScaledTanh:
      return alpha * std::tanh(beta * x);
    case function::Gate::kHardSigmoid:
      return std::clamp(alpha * x + beta, 0.0, 1.0);
    case function::Gate::kElu:
      return x < 0 ? alpha * std::expm1(x) : x;
    case function::Gate::kSoftsign:
      return x / (1 + std::abs(x));
    case function::Gate::kSoftplus:
      return std::log1p(std::exp(x));
  }
  return 0;
}

// Rows, units and functions at random; a clip in one case of three.
template <typename Params>
Params random_gates(std::mt19937& rng, int32_t gates, int32_t states) {
  Params p{};
  p.rows = static_cast<int32_t>(rng() % 3 + 1);
  p.hidden = static_cast<int32_t>(rng() % 9 + 1);
  p.gates = gates;
  p.states = states;
  p.clip = rng() % 3 == 0 ? 1.5F : std::numeric_limits<float>::infinity();
  for (size_t i = 0; i < std::size(p.functions); ++i) {
    p.functions[i] = static_cast<int32_t>(rng() % std::size(function::kGateNames));
    p.alphas[i] = 0.75F;
    p.betas[i] = 0.25F;
  }
  return p;
}

// Function `which` of a sum.
template <typename Params>
double exact_function(const Params& p, int which, double sum) {
  return exact_gate(static_cast<function::Gate>(p.functions[which]), static_cast<double>(p.alphas[which]),
                    static_cast<double>(p.betas[which]),
                    std::clamp(sum, -static_cast<double>(p.clip), static_cast<double>(p.clip)));
}

// Every implementation on these inputs: one state, or as many as the Params say, near `expected`.
template <typename Contract>
void expect_states(const typename Contract::Params& p, const std::vector<std::vector<float>>& inputs,
                   const std::vector<double>& expected, std::vector<std::string>& tested) {
  Case test_case;
  test_case.kernel = find_kernel(Contract::kName);
  test_case.params = to_words(p);
  for (const std::vector<float>& input : inputs) test_case.inputs.push_back(to_bytes(input));
  test_case.output_bytes = expected.size() * sizeof(float);
  const std::vector<std::byte> bytes = expect_implementations_agree(test_case, &tested);
  std::vector<float> states(expected.size());
  ASSERT_EQ(bytes.size(), test_case.output_bytes);
  std::memcpy(states.data(), bytes.data(), bytes.size());
  for (size_t i = 0; i < states.size(); ++i) EXPECT_NEAR(states[i], expected[i], 1e-5 + 1e-5 * std::abs(expected[i]));
}

}  // namespace tmc::kernels::testing
