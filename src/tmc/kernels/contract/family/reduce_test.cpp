// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/family/reduce.hpp"

#include <gtest/gtest.h>

#include "tmc/function/functions.gen.hpp"
#include "tmc/kernels/testing/family_case.hpp"
#include "tmc/kernels/testing/mean_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// What a reduction is, is tested with the functions; here, that its implementations take the right elements in their
// order.
template <typename Reduction, typename T>
void expect_implementations_compute_it(std::mt19937& rng) {
  using Contract = Reduce<Reduction, T>;
  using Result = typename Contract::Result;
  std::vector<std::string> tested;
  for (int round = 0; round < 8; ++round) {
    const Axes axes = random_axes(rng);
    size_t elements = 1;
    for (const int32_t extent : axes.extents) elements *= static_cast<size_t>(extent);
    typename Contract::Params p{};
    set_axes(p, axes);
    const auto input = any_elements<T>(rng, elements);
    std::vector<Result> expected;
    for (const auto& [output, group] : groups_of(axes, input)) {
      auto state = Reduction::template init<T>();
      for (const auto x : group) state = Reduction::step(state, static_cast<T>(x));
      expected.push_back(Reduction::finish(state, static_cast<int32_t>(group.size())));
    }
    Case test_case;
    test_case.kernel = find_kernel(Contract::kName);
    test_case.params = to_words(p);
    test_case.inputs = {to_bytes(input)};
    test_case.output_bytes = expected.size() * sizeof(Result);
    const auto output = elements_of<Result>(expect_implementations_agree(test_case, &tested));
    ASSERT_EQ(output.size(), expected.size());
    for (size_t i = 0; i < output.size(); ++i) {
      const auto near = [](Result a, Result b) {
        return std::abs(static_cast<double>(a) - static_cast<double>(b)) < 1e-4;
      };
      ASSERT_TRUE(is_near<Result>(output[i], expected[i]) || near(output[i], expected[i]))
          << Contract::kName << " " << i;
    }
  }
  expect_all_were_tested(*find_kernel(Contract::kName), tested);
}

TEST(Reduce, EveryReductionHasAKernelOfEveryTypeOverAnyAxes) {
  std::mt19937 rng(9);
  function::Reduction::for_each(
      [&]<typename F>(F) { F::Types::for_each([&]<typename T>(T) { expect_implementations_compute_it<F, T>(rng); }); });
}

TEST(Reduce, TheMeanOfTwoRunsOfAxes) {
  // [2, 3, 2] over axes 0 and 2.
  const Reduce<function::Mean, float>::Params p{{1, 1, 3}, {0, 0, 2}, {1, 2, 2}, {0, 6, 1}};
  const Case test_case = float_case<Reduce<function::Mean, float>>(p, {{0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15}}, 3);
  EXPECT_EQ(to_floats(expect_implementations_agree(test_case)), (std::vector<float>{5.5F, 7.5F, 9.5F}));
}

}  // namespace
}  // namespace tmc::kernels
