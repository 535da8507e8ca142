// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/family/map_f32.hpp"

#include <gtest/gtest.h>

#include "tmc/function/functions.gen.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// What a function is, and how near, is tested with the functions; here, that its bodies compute it.
template <typename Function>
void expect_bodies_compute_it(std::mt19937& rng) {
  const typename MapF32<Function>::Params p{pick(rng, 1, 300), {0.1F, 2}};
  const std::vector<float> input = random_floats(rng, static_cast<size_t>(p.elements), 4);
  std::vector<std::string> tested;
  const Case test_case = float_case<MapF32<Function>>(p, {input}, input.size());
  const std::vector<float> output = to_floats(expect_bodies_agree(test_case, &tested));
  ASSERT_EQ(output.size(), input.size());
  for (size_t i = 0; i < input.size(); ++i) {
    const float expected = function::evaluate<Function>(input[i], p.attributes);
    if (std::isnan(expected)) continue;
    EXPECT_NEAR(output[i], expected, 4e-7 * std::abs(static_cast<double>(expected))) << Function::kName;
  }
  expect_all_were_tested(*find_kernel(std::string(Function::kName) + "_f32"), tested);
}

TEST(MapF32, EveryFunctionHasAKernel) {
  std::mt19937 rng(7);
  const auto visit = [&]<typename Function>(Function) { expect_bodies_compute_it<Function>(rng); };
  function::Unary::for_each(visit);
  function::Lowered::for_each(visit);
}

}  // namespace
}  // namespace tmc::kernels
