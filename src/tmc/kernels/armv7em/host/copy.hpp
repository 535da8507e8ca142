// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/copy.hpp.

#include "tmc/kernels/armv7em/copy.hpp"
#include "tmc/kernels/armv7em/host/detail/move_terms.hpp"

namespace tmc::kernels::armv7em {

// What its work is linear in: rows that are short or long, and their blocks of sixteen bytes, words and bytes.
inline CostFeatures cost_features(Of<Copy>, const Copy::Params& p) {
  const bool dense = Copy::is_dense(p);
  const int32_t rows = dense ? 1 : p.rows;
  const int32_t bytes = dense ? p.rows * p.row_bytes : p.row_bytes;
  int32_t aligned = 0;
  for (int32_t row = 0; row < rows; ++row) {
    if (row * p.input_stride % 4 == 0 && row * p.output_stride % 4 == 0) ++aligned;
  }
  const bool is_long = bytes >= 16;
  CostFeatures terms = {is_long ? 0.0 : rows, is_long ? rows : 0.0};
  append(terms, move_terms(aligned, bytes, true));
  append(terms, move_terms(rows - aligned, bytes, false));
  return terms;
}

}  // namespace tmc::kernels::armv7em
