// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/strided_copy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

// Calls move(from, to) with the places of every element of the box, found from its number.
template <typename Move>
void for_each_element(const StridedCopy::Params& p, Move move) {
  int32_t elements = 1;
  for (const int32_t extent : p.extents) elements *= extent;
  for (int32_t number = 0; number < elements; ++number) {
    int32_t rest = number;
    int32_t from = p.first;
    int32_t to = 0;
    for (size_t axis = 6; axis-- > 0; rest /= p.extents[axis]) {
      from += rest % p.extents[axis] * p.input_strides[axis];
      to += rest % p.extents[axis] * (axis == 5 ? 1 : p.output_strides[axis]);
    }
    move(static_cast<size_t>(from), static_cast<size_t>(to));
  }
}

// Boxes whose axes are read forward, backward, in steps or again and again, into an output with gaps between rows.
template <typename T>
void expect_random_boxes(uint32_t seed) {
  std::mt19937 rng(seed);
  for (int round = 0; round < 200; ++round) {
    StridedCopy::Params p{};
    p.element_bytes = sizeof(T);
    int32_t row = 1;
    int32_t before = 0;
    int32_t behind = 0;
    for (size_t axis = 6; axis-- > 0;) {
      p.extents[axis] = testing::pick(rng, 1, 4);
      p.input_strides[axis] = testing::pick(rng, -9, 9);
      const int32_t reach = (p.extents[axis] - 1) * p.input_strides[axis];
      (reach < 0 ? before : behind) += reach;
      if (axis < 5) p.output_strides[axis] = row;
      row = row * p.extents[axis] + (axis > 0 ? testing::pick(rng, 0, 2) : 0);
    }
    p.first = testing::pick(rng, 0, 3) - before;
    const auto input = testing::random_values<T>(rng, static_cast<size_t>(p.first + behind + 1), INT32_MIN, INT32_MAX);
    size_t output_elements = 0;
    for_each_element(p, [&](size_t, size_t to) { output_elements = std::max(output_elements, to + 1); });
    testing::Case test_case;
    test_case.kernel = find_kernel("strided_copy");
    test_case.params = to_words(p);
    test_case.inputs = {testing::to_bytes(input)};
    test_case.output_bytes = output_elements * sizeof(T);
    const std::vector<std::byte> output = testing::expect_implementations_agree(test_case);
    for_each_element(p, [&](size_t from, size_t to) {
      ASSERT_EQ(std::memcmp(&output[to * sizeof(T)], &input[from], sizeof(T)), 0) << round << ", element " << to;
    });
  }
}

TEST(StridedCopy, BytesAreExact) {
  expect_random_boxes<int8_t>(71);
}
TEST(StridedCopy, HalfWordsAreExact) {
  expect_random_boxes<int16_t>(72);
}
TEST(StridedCopy, WordsAreExact) {
  expect_random_boxes<int32_t>(73);
}
TEST(StridedCopy, DoubleWordsAreExact) {
  expect_random_boxes<int64_t>(74);
}

}  // namespace
}  // namespace tmc::kernels
