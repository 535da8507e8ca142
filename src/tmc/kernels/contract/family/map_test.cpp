// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/family/map.hpp"

#include <gtest/gtest.h>

#include "tmc/function/functions.gen.hpp"
#include "tmc/kernels/testing/family_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// What a function is, and how near, is tested with the functions; here, that its implementations compute it.
template <typename Function, typename T>
void expect_implementations_compute_it(std::mt19937& rng) {
  using Contract = Map<Function, T>;
  using Result = typename Contract::Result;
  const typename Contract::Params p{pick(rng, 1, 300), {0.1F, 2}};
  const std::vector<function::Stored<T>> input = any_elements<T>(rng, static_cast<size_t>(p.elements));
  Case test_case;
  test_case.kernel = find_kernel(Contract::kName);
  test_case.params = to_words(p);
  test_case.inputs = {to_bytes(input)};
  test_case.output_bytes = input.size() * sizeof(Result);
  std::vector<std::string> tested;
  const auto output = elements_of<Result>(expect_implementations_agree(test_case, &tested));
  ASSERT_EQ(output.size(), input.size());
  for (size_t i = 0; i < input.size(); ++i) {
    const Result expected = function::evaluate<Function>(static_cast<T>(input[i]), p.attributes);
    EXPECT_TRUE(is_near<Result>(output[i], expected)) << Contract::kName;
  }
  expect_all_were_tested(*find_kernel(Contract::kName), tested);
}

TEST(Map, EveryFunctionHasAKernelOfEveryType) {
  std::mt19937 rng(7);
  const auto visit = [&]<typename Function>(Function) {
    Function::Types::for_each([&]<typename T>(T) { expect_implementations_compute_it<Function, T>(rng); });
  };
  function::Unary::for_each(visit);
  function::Lowered::for_each(visit);
}

}  // namespace
}  // namespace tmc::kernels
