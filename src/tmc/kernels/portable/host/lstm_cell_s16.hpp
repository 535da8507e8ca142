// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementation of portable/lstm_cell_s16.hpp.

#include "tmc/kernels/portable/host/detail/table.hpp"
#include "tmc/kernels/portable/lstm_cell_s16.hpp"

namespace tmc::kernels::portable {

// The table as the model has it.
inline Blobs pack(Of<LstmCellS16>, const LstmCellS16::Params&, Constants constants) {
  return pack_tables(constants);
}

}  // namespace tmc::kernels::portable
