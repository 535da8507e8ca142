// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/family/join.hpp"

#include <gtest/gtest.h>

#include "tmc/function/functions.gen.hpp"
#include "tmc/kernels/testing/binary_case.hpp"
#include "tmc/kernels/testing/family_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// What a function is, is tested with the functions; here, that its implementations compute it of the right operands.
template <typename Function, typename T>
void expect_implementations_compute_it(std::mt19937& rng) {
  using Contract = Join<Function, T>;
  using Result = typename Contract::Result;
  std::vector<std::string> tested;
  for (int round = 0; round < 12; ++round) {
    typename Contract::Params p{};
    const auto [a_shape, b_shape] = randomize_broadcast<int8_t>(rng, p);
    randomize_activation(rng, p);
    const auto a = any_elements<T>(rng, a_shape.size());
    const auto b = any_elements<T>(rng, b_shape.size());
    std::vector<Result> expected;
    for_each_pair(p, [&](size_t at_a, size_t at_b) {
      Result result = Function::apply(static_cast<T>(a[at_a]), static_cast<T>(b[at_b]));
      if (Function::kHasActivation) {
        const auto real = static_cast<double>(result);
        if (real < static_cast<double>(p.activation_min)) result = static_cast<Result>(p.activation_min);
        if (real > static_cast<double>(p.activation_max)) result = static_cast<Result>(p.activation_max);
      }
      expected.push_back(result);
    });
    Case test_case;
    test_case.kernel = find_kernel(Contract::kName);
    test_case.params = to_words(p);
    test_case.inputs = {to_bytes(a), to_bytes(b)};
    test_case.output_bytes = expected.size() * sizeof(Result);
    const auto output = elements_of<Result>(expect_implementations_agree(test_case, &tested));
    ASSERT_EQ(output.size(), expected.size());
    for (size_t i = 0; i < output.size(); ++i) {
      ASSERT_TRUE(is_near<Result>(output[i], expected[i])) << Contract::kName << " of element " << i;
    }
  }
  expect_all_were_tested(*find_kernel(Contract::kName), tested);
}

TEST(Join, EveryFunctionHasAKernelOfEveryTypeThatBroadcasts) {
  std::mt19937 rng(6);
  function::Binary::for_each([&]<typename Function>(Function) {
    Function::Types::for_each([&]<typename T>(T) { expect_implementations_compute_it<Function, T>(rng); });
  });
}

}  // namespace
}  // namespace tmc::kernels
