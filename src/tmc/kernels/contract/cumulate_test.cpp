// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/cumulate.hpp"

#include <gtest/gtest.h>

#include "tmc/function/integer.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Every element from those that it is made of.
template <typename T>
std::vector<T> cumulated(const Cumulate::Params& p, const std::vector<T>& input) {
  std::vector<T> output(input.size());
  for (int32_t number = 0; number < p.outer * p.depth * p.inner; ++number) {
    const int32_t inner = number % p.inner;
    const int32_t at = number / p.inner % p.depth;
    const int32_t first = (number / p.inner - at) * p.inner + inner;
    auto state = static_cast<T>(p.product);
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t from = p.reverse != 0 ? p.depth - 1 - i : i;
      const bool counts = from == at ? p.exclusive == 0 : (from < at) == (p.reverse == 0);
      if (!counts) continue;
      const T element = input[static_cast<size_t>(first + from * p.inner)];
      state = p.product != 0 ? function::product_of(state, element) : function::sum_of(state, element);
    }
    output[static_cast<size_t>(number)] = state;
  }
  return output;
}

template <typename T>
void expect_cumulated(uint32_t seed) {
  std::mt19937 rng(seed);
  std::vector<std::string> tested;
  for (int round = 0; round < 80; ++round) {
    const auto dtype = static_cast<int32_t>(kDTypeOf<T>);
    const Cumulate::Params p{pick(rng, 1, 4), pick(rng, 1, 9), pick(rng, 1, 4), round % 2,
                             round / 2 % 2,   round / 4 % 2,   dtype,           dtype};
    const auto input = random_values<T>(rng, static_cast<size_t>(p.outer * p.depth * p.inner), -7, 7);
    Case test_case;
    test_case.kernel = find_kernel("cumulate");
    test_case.params = to_words(p);
    test_case.inputs = {to_bytes(input)};
    test_case.output_bytes = input.size() * sizeof(T);
    ASSERT_EQ(expect_implementations_agree(test_case, &tested), to_bytes(cumulated(p, input))) << round;
  }
  expect_all_were_tested(*find_kernel("cumulate"), tested);
}

TEST(Cumulate, IsRightForEveryTypeAndDirection) {
  expect_cumulated<float>(1);
  expect_cumulated<double>(2);
  expect_cumulated<int8_t>(3);
  expect_cumulated<int32_t>(4);
  expect_cumulated<uint64_t>(5);
}

}  // namespace
}  // namespace tmc::kernels
