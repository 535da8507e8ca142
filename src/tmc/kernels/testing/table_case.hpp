// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of table_s8.

#include "tmc/kernels/contract/table_s8.hpp"
#include "tmc/kernels/testing/rows_case.hpp"

namespace tmc::kernels::testing {

inline Case any_table_case(std::mt19937& rng) {
  return any_rows_case<TableS8>(rng, {make_blob(DType::kI8, random_values<int8_t>(rng, 256, -128, 127))});
}

}  // namespace tmc::kernels::testing
