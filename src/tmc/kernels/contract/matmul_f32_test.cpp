// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/matmul.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(MatmulF32, RandomProductsAreNearTheirDefinition) {
  std::mt19937 rng(10);
  std::vector<std::string> tested;
  for (int round = 0; round < 150; ++round) {
    // b is broadcast along the first axis of the batch.
    MatmulF32::Params p{{pick(rng, 1, 2), 1, pick(rng, 1, 2)},
                        {},
                        {},
                        pick(rng, 1, 9),
                        pick(rng, 1, 40),
                        pick(rng, 1, 12),
                        pick(rng, 0, 1)};
    p.a_strides[0] = p.batch[2], p.a_strides[2] = 1;
    p.b_strides[2] = 1;
    const auto count = [](auto... extents) { return (static_cast<size_t>(extents) * ...); };
    const auto a = random_floats(rng, count(p.batch[0], p.batch[2], p.rows, p.inner));
    const auto b = random_floats(rng, count(p.batch[2], p.inner, p.columns));
    const Case test_case = float_case<MatmulF32>(p, {a, b}, count(p.batch[0], p.batch[2], p.rows, p.columns));
    const std::vector<float> output = to_floats(expect_implementations_agree(test_case, &tested));
    for (size_t at = 0; at < output.size(); ++at) {
      const auto column = static_cast<int32_t>(at) % p.columns;
      const auto row = static_cast<int32_t>(at) / p.columns % p.rows;
      const auto matrix = static_cast<int32_t>(at) / p.columns / p.rows;
      NaiveSum sum;
      for (int32_t k = 0; k < p.inner; ++k) {
        const int32_t in_b = p.transpose_b ? column * p.inner + k : k * p.columns + column;
        sum.add(static_cast<double>(a[static_cast<size_t>((matrix * p.rows + row) * p.inner + k)]),
                static_cast<double>(b[static_cast<size_t>(matrix % p.batch[2] * p.inner * p.columns + in_b)]));
      }
      ASSERT_NEAR(output[at], sum.value, sum.tolerance()) << ::testing::PrintToString(test_case.params);
    }
  }
  expect_all_were_tested(*find_kernel("matmul_f32"), tested);
}

}  // namespace
}  // namespace tmc::kernels
