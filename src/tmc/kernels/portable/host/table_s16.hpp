// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The host side of table_s16: see kernels/host/registry.hpp.

#include "tmc/kernels/portable/host/detail/table.hpp"
#include "tmc/kernels/portable/table_s16.hpp"

namespace tmc::kernels::portable {

inline Blobs pack(Of<TableS16>, const TableS16::Params&, Constants constants) {
  return pack_tables(constants);
}

}  // namespace tmc::kernels::portable
