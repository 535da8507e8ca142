// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What its work is linear in: rows, turns of eight, and what is left of the rows.
#include "tmc/kernels/armv7em/table_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline CostTerms cost_terms(Tag<armv7em::TableS8>, const armv7em::TableS8::Params& p) {
  const double rows = p.rows;
  return {rows, rows * (p.row_bytes / 8), rows * (p.row_bytes % 8)};
}

}  // namespace tmc::kernels
