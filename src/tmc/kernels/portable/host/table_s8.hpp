// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/table_s8.hpp.

#include "tmc/kernels/portable/host/detail/table.hpp"
#include "tmc/kernels/portable/table_s8.hpp"

namespace tmc::kernels::portable {

// The table as the model has it.
inline Blobs pack(Of<TableS8>, const TableS8::Params&, Constants constants) {
  return pack_tables(constants);
}

}  // namespace tmc::kernels::portable
