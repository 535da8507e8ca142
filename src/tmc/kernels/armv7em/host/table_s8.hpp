// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/table_s8.hpp.

#include "tmc/kernels/armv7em/table_s8.hpp"
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/host/detail/table.hpp"

namespace tmc::kernels::armv7em {

// The table as the model has it.
inline Blobs pack(Of<TableS8>, const TableS8::Params&, Constants constants) {
  return portable::pack_tables(constants);
}

// What its work is linear in: rows, turns of eight, and what is left of the rows.
inline CostFeatures cost_features(Of<TableS8>, const TableS8::Params& p) {
  const double rows = p.rows;
  return {rows, rows * (p.row_bytes / 8), rows * (p.row_bytes % 8)};
}

}  // namespace tmc::kernels::armv7em
