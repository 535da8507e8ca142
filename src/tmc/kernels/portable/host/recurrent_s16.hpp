// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/recurrent_s16.hpp.

#include "tmc/kernels/portable/host/detail/table.hpp"
#include "tmc/kernels/portable/recurrent_s16.hpp"

namespace tmc::kernels::portable {

// The table as the model has it.
inline Blobs pack(Of<GateS16>, const GateS16::Params&, Constants constants) {
  return pack_tables(constants);
}
inline Blobs pack(Of<GruStateS16>, const GruStateS16::Params&, Constants constants) {
  return pack_tables(constants);
}

}  // namespace tmc::kernels::portable
