// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of float contracts share: random reals, and outputs as floats. Implementations give the portable one's
// bits (conv2d_f32 says why they can) or are near it (kernel.hpp); the portable implementation is compared with
// doubles.

#include <limits>
#include <random>

#include "tmc/base/float16.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

inline constexpr float kInfinity = std::numeric_limits<float>::infinity();

inline std::vector<float> random_floats(std::mt19937& rng, size_t count, float deviation = 1) {
  std::normal_distribution<float> pick_value(0, deviation);
  std::vector<float> values(count);
  for (float& value : values) value = pick_value(rng);
  return values;
}

inline std::vector<float> to_floats(const std::vector<std::byte>& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

// Random weights as the model's constant, and as the numbers that they are.
struct FloatWeights {
  Blob blob;
  std::vector<float> values;
};
inline FloatWeights random_weights(std::mt19937& rng, size_t count, bool half) {
  FloatWeights weights{{}, random_floats(rng, count)};
  if (!half) return {make_blob(DType::kF32, weights.values), weights.values};
  std::vector<uint16_t> halves;
  for (float& value : weights.values) {
    halves.push_back(narrow_f16(value));
    value = widen_f16(halves.back());
  }
  weights.blob = make_blob(DType::kF16, halves);
  return weights;
}

// No bound, a relu, a relu6 or a range in which few values lie.
template <typename Params>
void randomize_activation(std::mt19937& rng, Params& p) {
  constexpr float kRanges[][2] = {{-kInfinity, kInfinity}, {0, kInfinity}, {0, 6}, {-1, 1}};
  const auto& range = kRanges[pick(rng, 0, 3)];
  p.activation_min = range[0];
  p.activation_max = range[1];
}

// One sum of products: its exact value, and how much its terms add up to.
struct NaiveSum {
  double value = 0, magnitude = 0;

  void add(double a, double b = 1) {
    value += a * b;
    magnitude += std::abs(a * b);
  }
  // Rounding errors grow with the terms.
  double tolerance() const { return 1e-6 * magnitude + 1e-30; }
};

template <typename Contract>
Case float_case(const typename Contract::Params& p, const std::vector<std::vector<float>>& inputs, size_t outputs) {
  Case test_case;
  test_case.kernel = find_kernel(Contract::kName);
  test_case.params = to_words(p);
  for (const std::vector<float>& input : inputs) test_case.inputs.push_back(to_bytes(input));
  test_case.output_bytes = outputs * sizeof(float);
  return test_case;
}

}  // namespace tmc::kernels::testing
