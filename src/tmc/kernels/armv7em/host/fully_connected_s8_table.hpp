// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementations of armv7em/fully_connected_s8_table.hpp; their work is linear in what the others'
// is.

#include "tmc/kernels/armv7em/fully_connected_s8_table.hpp"
#include "tmc/kernels/armv7em/host/fully_connected_s8.hpp"
#include "tmc/kernels/host/table_after.hpp"

namespace tmc::kernels::armv7em {

inline Blobs pack(Of<FullyConnectedS8Table>, const FullyConnectedS8Table::Params& p, Constants constants) {
  return pack_before_table<FullyConnectedS8>(p, constants);
}

}  // namespace tmc::kernels::armv7em
