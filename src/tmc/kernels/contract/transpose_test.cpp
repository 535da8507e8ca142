// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/transpose.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tmc/kernels/testing/body_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

// Scatters every input element to the place that its permuted index has in the output.
template <typename T>
void expect_random_permutations(uint32_t seed) {
  std::mt19937 rng(seed);
  for (int round = 0; round < 100; ++round) {
    std::array<size_t, 6> extents{};
    std::array<size_t, 6> perm{};
    std::iota(perm.begin(), perm.end(), 0);
    std::ranges::shuffle(perm, rng);
    std::array<size_t, 6> strides{};
    size_t elements = 1;
    for (size_t axis = 6; axis-- > 0;) {
      extents[axis] = static_cast<size_t>(testing::pick(rng, 1, 4));
      strides[axis] = elements;
      elements *= extents[axis];
    }
    Transpose::Params p{};
    for (size_t axis = 0; axis < 6; ++axis) {
      p.extents[axis] = static_cast<int32_t>(extents[perm[axis]]);
      p.strides[axis] = static_cast<int32_t>(strides[perm[axis]]);
    }
    p.element_bytes = sizeof(T);
    const auto input = testing::random_values<T>(rng, elements, INT32_MIN, INT32_MAX);
    std::vector<T> expected(elements);
    for (size_t at = 0; at < elements; ++at) {
      size_t place = 0;
      for (size_t axis = 0; axis < 6; ++axis) {
        place = place * extents[perm[axis]] + at / strides[perm[axis]] % extents[perm[axis]];
      }
      expected[place] = input[at];
    }
    testing::Case test_case;
    test_case.kernel = find_kernel("transpose");
    test_case.params = to_words(p);
    test_case.inputs = {testing::to_bytes(input)};
    test_case.output_bytes = elements * sizeof(T);
    ASSERT_EQ(testing::expect_bodies_agree(test_case), testing::to_bytes(expected)) << round;
  }
}

TEST(Transpose, BytesAreExact) {
  expect_random_permutations<int8_t>(71);
}
TEST(Transpose, HalfWordsAreExact) {
  expect_random_permutations<int16_t>(72);
}
TEST(Transpose, WordsAreExact) {
  expect_random_permutations<int32_t>(73);
}
TEST(Transpose, DoubleWordsAreExact) {
  expect_random_permutations<int64_t>(74);
}

}  // namespace
}  // namespace tmc::kernels
