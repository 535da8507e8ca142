// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/scatter.hpp"

#include <gtest/gtest.h>

#include "tmc/function/binary/add.hpp"
#include "tmc/function/binary/max.hpp"
#include "tmc/function/binary/min.hpp"
#include "tmc/function/binary/mul.hpp"
#include "tmc/kernels/testing/indexed_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

template <typename T>
T joined(ScatterReduction reduction, T a, T b) {
  switch (reduction) {
    case ScatterReduction::kReplace:
      return b;
    case ScatterReduction::kAdd:
      return function::Add::apply(a, b);
    case ScatterReduction::kMul:
      return function::Mul::apply(a, b);
    case ScatterReduction::kMin:
      return function::Min::apply(a, b);
    case ScatterReduction::kMax:
      return function::Max::apply(a, b);
  }
  return a;
}

template <typename T, typename Index>
void expect_scatters(uint32_t seed) {
  std::mt19937 rng(seed);
  std::vector<std::string> tested;
  for (int round = 0; round < 150; ++round) {
    Scatter::Params p{};
    const IndexedExtents sizes = randomize_indexed(rng, p, p.output_strides);
    p.elements = sizes.data;
    p.element_bytes = sizeof(T);
    p.element_dtype = static_cast<int32_t>(kDTypeOf<T>);
    p.indices_dtype = static_cast<int32_t>(kDTypeOf<Index>);
    p.reduction = round % 5;
    const auto data = random_values<T>(rng, static_cast<size_t>(sizes.data), -100, 100);
    const auto updates = random_values<T>(rng, static_cast<size_t>(sizes.elements), -100, 100);
    const auto indices = random_indices<Index>(rng, sizes.indices);
    std::vector<T> expected = data;
    for (int32_t i = 0; i < sizes.elements; ++i) {
      T& element = expected[place_of_element(p, p.output_strides, indices, i)];
      element = joined(static_cast<ScatterReduction>(p.reduction), element, updates[static_cast<size_t>(i)]);
    }
    Case test_case;
    test_case.kernel = find_kernel("scatter");
    test_case.params = to_words(p);
    test_case.inputs = {to_bytes(data), to_bytes(indices), to_bytes(updates)};
    test_case.output_bytes = expected.size() * sizeof(T);
    ASSERT_EQ(expect_implementations_agree(test_case, &tested), to_bytes(expected)) << round;
  }
  expect_all_were_tested(*find_kernel("scatter"), tested);
}

TEST(Scatter, WritesAndJoinsElementsOfEveryTypeAtIndicesOfBothTypes) {
  expect_scatters<int8_t, int32_t>(1);
  expect_scatters<uint16_t, int64_t>(2);
  expect_scatters<float, int32_t>(3);
  expect_scatters<int32_t, int64_t>(4);
  expect_scatters<double, int64_t>(5);
  expect_scatters<int64_t, int32_t>(6);
}

}  // namespace
}  // namespace tmc::kernels
