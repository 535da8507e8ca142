// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of dense_sums_s8, with what they come to.

#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels::testing {

struct DenseSumsCase {
  Case test_case;
  std::vector<int32_t> expected;
};

// Any sizes and values, biases at the ends of their range.
inline DenseSumsCase any_dense_sums_case(std::mt19937& rng) {
  DenseSumsS8::Params p{};
  p.batch = static_cast<int32_t>(rng() % 3 + 1);
  p.inputs = static_cast<int32_t>(rng() % 40 + 1);
  p.outputs = static_cast<int32_t>(rng() % 20 + 1);
  p.input_zero_point = static_cast<int32_t>(rng() % 256) - 128;
  const auto input = random_values<int8_t>(rng, static_cast<size_t>(p.batch * p.inputs), -128, 127);
  const auto weights = random_values<int8_t>(rng, static_cast<size_t>(p.outputs * p.inputs), -128, 127);
  const auto bias = random_values<int32_t>(rng, static_cast<size_t>(p.outputs), INT32_MIN, INT32_MAX);
  DenseSumsCase made;
  for (int32_t i = 0; i < p.batch * p.outputs; ++i) {
    auto sum = static_cast<uint32_t>(bias[static_cast<size_t>(i % p.outputs)]);
    for (int32_t k = 0; k < p.inputs; ++k) {
      const int32_t x = input[static_cast<size_t>(i / p.outputs * p.inputs + k)] - p.input_zero_point;
      sum += static_cast<uint32_t>(x * weights[static_cast<size_t>(i % p.outputs * p.inputs + k)]);
    }
    made.expected.push_back(static_cast<int32_t>(sum));
  }
  made.test_case.kernel = find_kernel(DenseSumsS8::kName);
  made.test_case.params = to_words(p);
  made.test_case.constants = {make_blob(DType::kI8, weights), make_blob(DType::kI32, bias)};
  made.test_case.inputs = {to_bytes(input)};
  made.test_case.output_bytes = made.expected.size() * sizeof(int32_t);
  return made;
}

}  // namespace tmc::kernels::testing
