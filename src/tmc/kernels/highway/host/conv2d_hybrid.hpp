// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementation of highway/conv2d_hybrid.hpp.

#include "tmc/kernels/highway/conv2d_hybrid.hpp"
#include "tmc/kernels/highway/host/detail/blocks.hpp"

namespace tmc::kernels::highway {

inline Blobs pack(Of<Conv2dHybrid>, const Conv2dHybrid::Params& p, Constants constants) {
  return pack_hybrid_rows(p.output_c, p.input_c, constants);
}

}  // namespace tmc::kernels::highway
