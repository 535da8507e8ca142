// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/table_s16.hpp.

#include "tmc/kernels/armv7em/table_s16.hpp"
#include "tmc/kernels/portable/host/detail/table.hpp"

namespace tmc::kernels::armv7em {

// The table as the model has it.
inline Blobs pack(Of<TableS16>, const TableS16::Params&, Constants constants) {
  return portable::pack_tables(constants);
}

// What its work is linear in: turns of elements, and elements that are left.
inline CostFeatures cost_features(Of<TableS16>, const TableS16::Params& p) {
  return {1.0 * (p.elements / TableS16::kTurn), 1.0 * (p.elements % TableS16::kTurn)};
}

}  // namespace tmc::kernels::armv7em
