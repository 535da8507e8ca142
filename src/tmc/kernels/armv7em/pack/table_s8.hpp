// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The table as the model has it.

#include "tmc/kernels/armv7em/table_s8.hpp"
#include "tmc/kernels/portable/pack/table.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::TableS8>, const TableS8::Params&, std::span<const ConstantView> constants) {
  return portable::pack_tables(constants);
}

}  // namespace tmc::kernels
