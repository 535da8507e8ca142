// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of softmax_s16.

#include <cmath>

#include "tmc/kernels/contract/detail/interpolation.hpp"
#include "tmc/kernels/contract/softmax_s16.hpp"
#include "tmc/kernels/testing/element.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

template <typename Function>
std::vector<int16_t> table_of(double low, double high, Function function) {
  std::vector<int16_t> table;
  for (int i = 0; i < kInterpolationEntries; ++i) {
    const double value = std::round(32768 * function(low + (high - low) * i / 512));
    table.push_back(static_cast<int16_t>(std::fmin(value, 32767)));
  }
  return table;
}

inline Case softmax_s16_case(const SoftmaxS16::Params& p, const std::vector<int16_t>& input) {
  static const auto kExponentials = table_of(-10, 0, [](double x) { return std::exp(x); });
  static const auto kReciprocals = table_of(0, 1, [](double x) { return 1 / (1 + x); });
  Case test_case;
  test_case.kernel = find_kernel("softmax_s16");
  test_case.params = to_words(p);
  test_case.constants = {make_blob(DType::kI16, kExponentials), make_blob(DType::kI16, kReciprocals)};
  test_case.inputs = {to_bytes(input)};
  test_case.output_bytes = 2 * input.size();
  return test_case;
}

// For inputs of this scale.
inline FixedMultiplier softmax_multiplier(double scale) {
  return quantize_multiplier(scale * 65535 / 10);
}

struct RandomSoftmaxS16 {
  SoftmaxS16::Params params;
  double scale;
  std::vector<int16_t> input;

  Case implementation_case() const { return softmax_s16_case(params, input); }
};

// Random scales; every tenth row is long, every third strided.
inline RandomSoftmaxS16 random_softmax_s16(std::mt19937& rng, int round) {
  const double scale = std::exp(std::uniform_real_distribution<>(-12, -3)(rng));
  const FixedMultiplier fixed = softmax_multiplier(scale);
  const int outer = pick(rng, 1, 4);
  const int depth = round % 10 == 0 ? pick(rng, 100, 1000) : pick(rng, 1, 20);
  const int inner = round % 3 == 0 ? pick(rng, 2, 5) : 1;
  return {{outer, depth, inner, fixed.multiplier, fixed.shift},
          scale,
          random_elements<int16_t>(rng, static_cast<size_t>(outer * depth * inner))};
}

}  // namespace tmc::kernels::testing
