// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of softmax_s8.

#include <cmath>
#include <cstring>

#include "tmc/kernels/contract/softmax_s8.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

// Of 0, 1, 2, ... steps of `scale` below the largest, with 31 fractional bits.
inline std::vector<int32_t> exponentials_of(double scale) {
  std::vector<int32_t> table;
  for (int below = 0; below < 256; ++below) {
    const double value = std::round(std::ldexp(std::exp(-below * scale), 31));
    if (value < 2048) break;
    table.push_back(static_cast<int32_t>(std::fmin(value, INT32_MAX)));
  }
  return table;
}

inline Case softmax_case(const SoftmaxS8::Params& params, const std::vector<int32_t>& table,
                         const std::vector<int8_t>& input) {
  Case test_case;
  test_case.kernel = find_kernel("softmax_s8");
  test_case.params = to_words(params);
  test_case.constants = {make_blob(DType::kI32, table)};
  test_case.inputs = {to_bytes(input)};
  test_case.output_bytes = input.size();
  return test_case;
}

// levels * exp / sum - levels / 2, up to the highest, by definition in double.
inline std::vector<double> naive_softmax(const SoftmaxOfBytes::Params& p, const std::vector<int32_t>& table,
                                         const std::vector<int8_t>& input, double levels) {
  std::vector<double> output(input.size());
  for (int o = 0; o < p.outer; ++o) {
    for (int i = 0; i < p.inner; ++i) {
      const auto at = [&](int d) { return static_cast<size_t>((o * p.depth + d) * p.inner + i); };
      int largest = -128;
      for (int d = 0; d < p.depth; ++d) largest = std::max<int>(largest, input[at(d)]);
      const auto exponential = [&](int d) {
        const auto below = static_cast<size_t>(largest - input[at(d)]);
        return below < table.size() ? static_cast<double>(table[below]) : 0.0;
      };
      double sum = 0;
      for (int d = 0; d < p.depth; ++d) sum += exponential(d);
      for (int d = 0; d < p.depth; ++d)
        output[at(d)] = std::fmin(levels * exponential(d) / sum - levels / 2, levels / 2 - 1);
    }
  }
  return output;
}

struct SoftmaxCase {
  SoftmaxS8::Params params;
  std::vector<int32_t> table;
  std::vector<int8_t> input;
};

// Random scales; every tenth row is long, every third strided.
inline SoftmaxCase random_softmax(std::mt19937& rng, int round) {
  SoftmaxCase made;
  made.table = exponentials_of(std::exp(std::uniform_real_distribution<>(-6, 1)(rng)));
  const int outer = pick(rng, 1, 4);
  const int depth = round % 10 == 0 ? pick(rng, 100, 1000) : pick(rng, 1, 20);
  const int inner = round % 3 == 0 ? pick(rng, 2, 5) : 1;
  made.params = {outer, depth, inner, static_cast<int32_t>(made.table.size())};
  made.input = random_values<int8_t>(rng, static_cast<size_t>(outer * depth * inner), -128, 127);
  return made;
}

inline Case any_softmax_case(std::mt19937& rng, int round) {
  const SoftmaxCase made = random_softmax(rng, round);
  return softmax_case(made.params, made.table, made.input);
}

}  // namespace tmc::kernels::testing
