// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, words of sixteen bytes and what is left.
#include "tmc/kernels/portable/copy.hpp"
#include "tmc/kernels/portable/cost/terms.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<portable::Copy>, const portable::Copy::Params& p) {
  const double rows = p.rows;
  return {rows, rows * (p.row_bytes / 16), rows * (p.row_bytes % 16)};
}

}  // namespace tmc::kernels
