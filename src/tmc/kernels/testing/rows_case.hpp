// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the contracts that move rows: Params with rows, row_bytes, input_stride, output_stride.

#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

template <typename Params>
Params random_rows(std::mt19937& rng) {
  Params p{};
  p.rows = pick(rng, 1, 9);
  p.row_bytes = pick(rng, 0, 3) == 0 ? 4 * pick(rng, 1, 20) : pick(rng, 1, 60);
  p.input_stride = p.row_bytes + (pick(rng, 0, 1) ? 4 * pick(rng, 0, 8) + pick(rng, 0, 1) * pick(rng, 0, 3) : 0);
  p.output_stride = p.row_bytes + (pick(rng, 0, 1) ? 4 * pick(rng, 0, 8) + pick(rng, 0, 1) * pick(rng, 0, 3) : 0);
  return p;
}

template <typename Contract>
Case rows_case(const typename Contract::Params& p, std::vector<Blob> constants, const std::vector<int8_t>& input) {
  Case test_case;
  test_case.kernel = find_kernel(Contract::kName);
  test_case.params = to_words(p);
  test_case.constants = std::move(constants);
  test_case.inputs = {to_bytes(input)};
  test_case.output_bytes = static_cast<size_t>((p.rows - 1) * p.output_stride + p.row_bytes);
  return test_case;
}

template <typename Params>
std::vector<int8_t> random_rows_input(std::mt19937& rng, const Params& p) {
  return random_values<int8_t>(rng, static_cast<size_t>((p.rows - 1) * p.input_stride + p.row_bytes), -128, 127);
}

// Rows whose outputs touch, so that every byte of the output is written.
template <typename Contract>
Case any_rows_case(std::mt19937& rng, std::vector<Blob> constants) {
  auto p = random_rows<typename Contract::Params>(rng);
  p.output_stride = p.row_bytes;
  return rows_case<Contract>(p, std::move(constants), random_rows_input(rng, p));
}

// Compares all bytes of the output but those between the rows, which an implementation leaves as they are, with
// map(input byte).
template <typename Contract, typename Map>
void expect_rows(std::mt19937& rng, const typename Contract::Params& p, std::vector<Blob> constants, Map map) {
  const auto input = random_rows_input(rng, p);
  const Case test_case = rows_case<Contract>(p, std::move(constants), input);
  const auto output = run_implementation(*find_implementation("portable", Contract::kName), test_case);
  ASSERT_TRUE(output);
  for (const ImplementationInfo* implementation : all_implementations()) {
    if (implementation->kernel != test_case.kernel || !implementation->applies(test_case.params)) continue;
    EXPECT_EQ(run_implementation(*implementation, test_case), output)
        << implementation->type_name << ::testing::PrintToString(test_case.params);
  }
  for (int32_t row = 0; row < p.rows; ++row) {
    for (int32_t i = 0; i < p.output_stride && row * p.output_stride + i < static_cast<int32_t>(output->size()); ++i) {
      const auto actual = static_cast<int8_t>((*output)[static_cast<size_t>(row * p.output_stride + i)]);
      const int8_t expected = i < p.row_bytes ? map(input[static_cast<size_t>(row * p.input_stride + i)]) : kUntouched;
      ASSERT_EQ(actual, expected) << ::testing::PrintToString(test_case.params) << " row " << row << " byte " << i;
    }
  }
  // Between rows an overlapped output holds the input's bytes, so implementations are compared in place only where rows
  // touch.
  if (p.output_stride == p.row_bytes) expect_implementations_agree(test_case);
}

}  // namespace tmc::kernels::testing
