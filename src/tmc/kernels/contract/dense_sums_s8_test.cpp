// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(DenseSumsS8, AddsUpProducts) {
  std::mt19937 rng(4);
  std::vector<std::string> tested;
  for (int round = 0; round < 100; ++round) {
    DenseSumsS8::Params p{};
    p.batch = static_cast<int32_t>(rng() % 3 + 1);
    p.inputs = static_cast<int32_t>(rng() % 40 + 1);
    p.outputs = static_cast<int32_t>(rng() % 20 + 1);
    p.input_zero_point = static_cast<int32_t>(rng() % 256) - 128;
    const auto input = random_values<int8_t>(rng, static_cast<size_t>(p.batch * p.inputs), -128, 127);
    const auto weights = random_values<int8_t>(rng, static_cast<size_t>(p.outputs * p.inputs), -128, 127);
    const auto bias = random_values<int32_t>(rng, static_cast<size_t>(p.outputs), INT32_MIN, INT32_MAX);
    std::vector<int32_t> expected;
    for (int32_t i = 0; i < p.batch * p.outputs; ++i) {
      auto sum = static_cast<uint32_t>(bias[static_cast<size_t>(i % p.outputs)]);
      for (int32_t k = 0; k < p.inputs; ++k) {
        const int32_t x = input[static_cast<size_t>(i / p.outputs * p.inputs + k)] - p.input_zero_point;
        sum += static_cast<uint32_t>(x * weights[static_cast<size_t>(i % p.outputs * p.inputs + k)]);
      }
      expected.push_back(static_cast<int32_t>(sum));
    }
    Case test_case;
    test_case.kernel = find_kernel(DenseSumsS8::kName);
    test_case.params = to_words(p);
    test_case.constants = {make_blob(DType::kI8, weights), make_blob(DType::kI32, bias)};
    test_case.inputs = {to_bytes(input)};
    test_case.output_bytes = expected.size() * sizeof(int32_t);
    ASSERT_EQ(expect_implementations_agree(test_case, &tested), to_bytes(expected)) << round;
  }
  expect_all_were_tested(*find_kernel(DenseSumsS8::kName), tested);
}

}  // namespace
}  // namespace tmc::kernels
