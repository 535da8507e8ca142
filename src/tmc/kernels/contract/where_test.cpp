// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/where.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/binary_case.hpp"
#include "tmc/kernels/testing/family_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

template <typename T>
void expect_choices(uint32_t seed) {
  std::mt19937 rng(seed);
  std::vector<std::string> tested;
  for (int round = 0; round < 60; ++round) {
    Where::Params p{};
    const auto [a_shape, b_shape] = randomize_broadcast<int8_t>(rng, p);
    const std::array<int32_t, 4> extents = {p.extents[0], p.extents[1], p.extents[2], p.extents[3]};
    std::array<bool, 4> has{};
    for (bool& axis : has) axis = pick(rng, 0, 2) > 0;
    const auto conditions = static_cast<size_t>(operand_strides(extents, has, p.condition_strides));
    p.element_bytes = sizeof(T);
    const auto a = random_values<T>(rng, a_shape.size(), 0, INT32_MAX);
    const auto b = random_values<T>(rng, b_shape.size(), 0, INT32_MAX);
    const std::vector<Bool> condition = any_elements<bool>(rng, conditions);
    std::vector<T> expected;
    for_each_pair(p, [&](size_t at_a, size_t at_b) {
      auto rest = static_cast<int32_t>(expected.size());
      int32_t at = 0;
      for (int axis = 3; axis >= 0; --axis) {
        at += rest % p.extents[axis] * p.condition_strides[axis];
        rest /= p.extents[axis];
      }
      expected.push_back(condition[static_cast<size_t>(at)] ? a[at_a] : b[at_b]);
    });
    Case test_case;
    test_case.kernel = find_kernel("where");
    test_case.params = to_words(p);
    test_case.inputs = {to_bytes(a), to_bytes(b), to_bytes(condition)};
    test_case.output_bytes = expected.size() * sizeof(T);
    ASSERT_EQ(expect_implementations_agree(test_case, &tested), to_bytes(expected)) << round;
  }
  expect_all_were_tested(*find_kernel("where"), tested);
}

TEST(Where, ChoosesElementsOfEverySize) {
  expect_choices<int8_t>(1);
  expect_choices<int16_t>(2);
  expect_choices<int32_t>(3);
  expect_choices<int64_t>(4);
}

}  // namespace
}  // namespace tmc::kernels
