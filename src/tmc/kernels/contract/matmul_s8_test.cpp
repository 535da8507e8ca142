// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/matmul_s8.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/body_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

using testing::pick;
using Params = MatmulS8::Params;

// Dense strides of an operand's matrices, of which axis i is broadcast where has[i] is false; returns their number.
int32_t matrix_strides(const int32_t (&batch)[3], const bool (&has)[3], int32_t (&strides)[3]) {
  int32_t matrices = 1;
  for (int axis = 2; axis >= 0; --axis) {
    strides[axis] = has[axis] ? matrices : 0;
    if (has[axis]) matrices *= batch[axis];
  }
  return matrices;
}

int8_t naive(const Params& p, const std::vector<int8_t>& a, const std::vector<int8_t>& b, int32_t matrix_a,
             int32_t matrix_b, int32_t row, int32_t column) {
  double sum = 0;
  for (int32_t k = 0; k < p.inner; ++k) {
    const auto at_a = static_cast<size_t>((matrix_a * p.rows + row) * p.inner + k);
    const auto at_b = static_cast<size_t>(p.transpose_b ? (matrix_b * p.columns + column) * p.inner + k
                                                        : (matrix_b * p.inner + k) * p.columns + column);
    sum += 1.0 * (a[at_a] - p.a_zero_point) * (b[at_b] - p.b_zero_point);
  }
  const double scaled = testing::naive_requantize(sum, p.multiplier, p.shift);
  return static_cast<int8_t>(testing::naive_clamp(scaled + p.output_zero_point, -128, 127));
}

TEST(MatmulS8, BatchesBroadcastAndAreExact) {
  std::mt19937 rng(81);
  for (int round = 0; round < 200; ++round) {
    const FixedMultiplier fixed = testing::pick_multiplier(rng, 1e-5, 1);
    Params p{};
    bool has_a[3], has_b[3];
    for (int axis = 0; axis < 3; ++axis) {
      p.batch[axis] = pick(rng, 1, 3);
      const int which = pick(rng, 0, 3);
      has_a[axis] = which != 1;
      has_b[axis] = which != 2;
    }
    p.rows = pick(rng, 1, 6);
    p.inner = pick(rng, 1, round % 5 == 0 ? 300 : 20);
    p.columns = pick(rng, 1, 6);
    p.transpose_b = pick(rng, 0, 1);
    p.a_zero_point = pick(rng, -128, 127);
    p.b_zero_point = pick(rng, -128, 127);
    p.output_zero_point = pick(rng, -128, 127);
    p.multiplier = fixed.multiplier;
    p.shift = fixed.shift;
    const auto matrices_a = static_cast<size_t>(matrix_strides(p.batch, has_a, p.a_strides));
    const auto matrices_b = static_cast<size_t>(matrix_strides(p.batch, has_b, p.b_strides));
    const auto a = testing::random_values<int8_t>(rng, matrices_a * static_cast<size_t>(p.rows * p.inner), -128, 127);
    const auto b =
        testing::random_values<int8_t>(rng, matrices_b * static_cast<size_t>(p.columns * p.inner), -128, 127);
    std::vector<int8_t> expected;
    for (int32_t i = 0; i < p.batch[0]; ++i) {
      for (int32_t j = 0; j < p.batch[1]; ++j) {
        for (int32_t k = 0; k < p.batch[2]; ++k) {
          const int32_t matrix_a = i * p.a_strides[0] + j * p.a_strides[1] + k * p.a_strides[2];
          const int32_t matrix_b = i * p.b_strides[0] + j * p.b_strides[1] + k * p.b_strides[2];
          for (int32_t cell = 0; cell < p.rows * p.columns; ++cell) {
            expected.push_back(naive(p, a, b, matrix_a, matrix_b, cell / p.columns, cell % p.columns));
          }
        }
      }
    }
    testing::Case test_case;
    test_case.kernel = find_kernel("matmul_s8");
    test_case.params = to_words(p);
    test_case.inputs = {testing::to_bytes(a), testing::to_bytes(b)};
    test_case.output_bytes = expected.size();
    ASSERT_EQ(testing::expect_bodies_agree(test_case), testing::to_bytes(expected)) << round;
  }
}

}  // namespace
}  // namespace tmc::kernels
