// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of portable/pixels_s8.hpp.

#include "tmc/kernels/portable/host/detail/table.hpp"
#include "tmc/kernels/portable/pixels_s8.hpp"

namespace tmc::kernels::portable {

// The tables as the model has them.
inline Blobs pack(Of<PixelsS8>, const PixelsS8::Params&, Constants constants) {
  return pack_tables(constants);
}

}  // namespace tmc::kernels::portable
