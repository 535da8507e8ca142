// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of matmul_s8 and matmul_s16.

#include "tmc/kernels/contract/matmul.hpp"
#include "tmc/kernels/testing/element.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

// Dense strides of an operand's matrices, of which axis i is broadcast where has[i] is false; returns their number.
inline int32_t matrix_strides(const int32_t (&batch)[3], const bool (&has)[3], int32_t (&strides)[3]) {
  int32_t matrices = 1;
  for (int axis = 2; axis >= 0; --axis) {
    strides[axis] = has[axis] ? matrices : 0;
    if (has[axis]) matrices *= batch[axis];
  }
  return matrices;
}

// Random extents; the numbers of a's and b's matrices are left in `matrices`.
template <typename Params>
Params random_matmul_extents(std::mt19937& rng, bool is_long, size_t (&matrices)[2]) {
  Params p{};
  bool has_a[3], has_b[3];
  for (int axis = 0; axis < 3; ++axis) {
    p.batch[axis] = pick(rng, 1, 3);
    const int which = pick(rng, 0, 3);
    has_a[axis] = which != 1;
    has_b[axis] = which != 2;
  }
  p.rows = pick(rng, 1, 6);
  p.inner = pick(rng, 1, is_long ? 300 : 20);
  p.columns = pick(rng, 1, 6);
  p.transpose_b = pick(rng, 0, 1);
  matrices[0] = static_cast<size_t>(matrix_strides(p.batch, has_a, p.a_strides));
  matrices[1] = static_cast<size_t>(matrix_strides(p.batch, has_b, p.b_strides));
  return p;
}

// Of matmul_s8, of all sizes in turn: small ones, deep ones, wide ones whose columns take several blocks; of
// requantisations that quantisers make and, every third time, any.
inline MatmulS8::Params random_matmul_s8(std::mt19937& rng, int round, size_t (&matrices)[2]) {
  auto p = random_matmul_extents<MatmulS8::Params>(rng, round % 5 == 0, matrices);
  if (round % 4 == 0) p.columns = pick(rng, 6, 150), p.rows = pick(rng, 1, 12), p.inner = pick(rng, 1, 70);
  p.a_zero_point = pick(rng, -128, 127);
  p.b_zero_point = pick(rng, -128, 127);
  p.output_zero_point = pick(rng, -128, 127);
  const FixedMultiplier fixed = pick_multiplier(rng, 1e-5, 1);
  p.multiplier = fixed.multiplier, p.shift = fixed.shift;
  if (round % 3 == 0) p.multiplier = pick(rng, 1 << 30, INT32_MAX), p.shift = pick(rng, -31, 3);
  return p;
}

// Elements of an operand: of random values or, at times, all at one end of the range.
inline std::vector<int8_t> random_operand(std::mt19937& rng, size_t count) {
  if (pick(rng, 0, 7) > 0) return random_elements<int8_t>(rng, count);
  return std::vector<int8_t>(count, static_cast<int8_t>(pick(rng, 0, 1) ? -128 : 127));
}

inline Case any_matmul_case(std::mt19937& rng, int round) {
  size_t matrices[2];
  const MatmulS8::Params p = random_matmul_s8(rng, round, matrices);
  Case test_case;
  test_case.kernel = find_kernel("matmul_s8");
  test_case.params = to_words(p);
  test_case.inputs = {to_bytes(random_operand(rng, matrices[0] * static_cast<size_t>(p.rows * p.inner))),
                      to_bytes(random_operand(rng, matrices[1] * static_cast<size_t>(p.columns * p.inner)))};
  test_case.output_bytes = static_cast<size_t>(p.batch[0] * p.batch[1] * p.batch[2] * p.rows * p.columns);
  return test_case;
}

// The exact sum of products of one output.
template <typename Params, typename T>
double naive_product(const Params& p, const std::vector<T>& a, const std::vector<T>& b, int32_t matrix_a,
                     int32_t matrix_b, int32_t row, int32_t column) {
  double sum = 0;
  for (int32_t k = 0; k < p.inner; ++k) {
    const auto at_a = static_cast<size_t>((matrix_a * p.rows + row) * p.inner + k);
    const auto at_b = static_cast<size_t>(p.transpose_b ? (matrix_b * p.columns + column) * p.inner + k
                                                        : (matrix_b * p.inner + k) * p.columns + column);
    sum += 1.0 * (a[at_a] - p.a_zero_point) * (b[at_b] - p.b_zero_point);
  }
  return sum;
}

// Implementations agree with finish(sum) for every output.
template <typename Contract, typename Finish>
void expect_matmul(const typename Contract::Params& p, const std::vector<Element<Contract>>& a,
                   const std::vector<Element<Contract>>& b, Finish finish) {
  std::vector<Element<Contract>> expected;
  for (int32_t i = 0; i < p.batch[0]; ++i) {
    for (int32_t j = 0; j < p.batch[1]; ++j) {
      for (int32_t k = 0; k < p.batch[2]; ++k) {
        const int32_t matrix_a = i * p.a_strides[0] + j * p.a_strides[1] + k * p.a_strides[2];
        const int32_t matrix_b = i * p.b_strides[0] + j * p.b_strides[1] + k * p.b_strides[2];
        for (int32_t cell = 0; cell < p.rows * p.columns; ++cell) {
          expected.push_back(finish(naive_product(p, a, b, matrix_a, matrix_b, cell / p.columns, cell % p.columns)));
        }
      }
    }
  }
  Case test_case;
  test_case.kernel = find_kernel(Contract::kName);
  test_case.params = to_words(p);
  test_case.inputs = {to_bytes(a), to_bytes(b)};
  test_case.output_bytes = expected.size() * sizeof(Element<Contract>);
  ASSERT_EQ(expect_implementations_agree(test_case), to_bytes(expected)) << ::testing::PrintToString(test_case.params);
}

}  // namespace tmc::kernels::testing
