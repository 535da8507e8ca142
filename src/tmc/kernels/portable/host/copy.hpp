// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/copy.hpp.

#include "tmc/kernels/portable/copy.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

// What its work is linear in: rows, words of sixteen bytes and what is left.
inline CostFeatures cost_features(Of<Copy>, const Copy::Params& p) {
  const double rows = p.rows;
  return {rows, rows * (p.row_bytes / 16), rows * (p.row_bytes % 16)};
}

}  // namespace tmc::kernels::portable
