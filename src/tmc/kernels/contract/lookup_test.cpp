// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/lookup.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/lookup_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

template <typename T, typename Index>
void expect_lookups(uint32_t seed) {
  std::mt19937 rng(seed);
  std::vector<std::string> tested;
  for (int round = 0; round < 100; ++round) {
    Lookup::Params p{};
    const IndexedExtents sizes = randomize_indexed(rng, p, p.data_strides);
    const auto data = random_values<T>(rng, static_cast<size_t>(sizes.data), INT32_MIN, INT32_MAX);
    const auto indices = random_indices<Index>(rng, sizes.indices);
    std::vector<T> expected;
    for (int32_t i = 0; i < sizes.elements; ++i) {
      expected.push_back(data[place_of_element(p, p.data_strides, indices, i)]);
    }
    const Case test_case = lookup_case(p, data, indices, sizes.elements);
    ASSERT_EQ(expect_implementations_agree(test_case, &tested), to_bytes(expected)) << round;
    expect_implementations_agree(any_rows_lookup_case<T, Index>(rng), &tested);
  }
  expect_all_were_tested(*find_kernel("lookup"), tested);
}

TEST(Lookup, ReadsElementsOfEverySizeAtIndicesOfBothTypes) {
  expect_lookups<int8_t, int32_t>(1);
  expect_lookups<int16_t, int64_t>(2);
  expect_lookups<int32_t, int32_t>(3);
  expect_lookups<int64_t, int64_t>(4);
}

}  // namespace
}  // namespace tmc::kernels
