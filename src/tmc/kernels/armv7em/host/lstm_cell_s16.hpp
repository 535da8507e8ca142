// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/lstm_cell_s16.hpp.

#include "tmc/kernels/armv7em/host/detail/gate_terms.hpp"
#include "tmc/kernels/armv7em/lstm_cell_s16.hpp"
#include "tmc/kernels/portable/host/detail/table.hpp"

namespace tmc::kernels::armv7em {

// The table as the model has it.
inline Blobs pack(Of<LstmCellS16>, const LstmCellS16::Params&, Constants constants) {
  return portable::pack_tables(constants);
}

inline CostFeatures cost_features(Of<LstmCellS16>, const LstmCellS16::Params& p) {
  return gate_terms(p);
}

}  // namespace tmc::kernels::armv7em
