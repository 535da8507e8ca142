// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of table_s8 and table_s16.

#include "tmc/kernels/contract/table_s16.hpp"
#include "tmc/kernels/contract/table_s8.hpp"
#include "tmc/kernels/testing/element.hpp"
#include "tmc/kernels/testing/rows_case.hpp"

namespace tmc::kernels::testing {

inline Case any_table_case(std::mt19937& rng) {
  return any_rows_case<TableS8>(rng, {make_blob(DType::kI8, random_values<int8_t>(rng, 256, -128, 127))});
}

// Neighbours are less than 2^15 apart.
inline Case any_table_s16_case(std::mt19937& rng) {
  const int32_t low = pick(rng, -32768, 0);
  const std::vector<int16_t> input = random_elements<int16_t>(rng, static_cast<size_t>(pick(rng, 1, 40)));
  Case test_case;
  test_case.kernel = find_kernel("table_s16");
  test_case.params = to_words(TableS16::Params{static_cast<int32_t>(input.size())});
  test_case.constants = {make_blob(DType::kI16, random_values<int16_t>(rng, 513, low, low + 32767))};
  test_case.inputs = {to_bytes(input)};
  test_case.output_bytes = 2 * input.size();
  return test_case;
}

}  // namespace tmc::kernels::testing
