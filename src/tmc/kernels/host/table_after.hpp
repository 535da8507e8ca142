// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of layers of which a table is looked up in every output.

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

// Those of the layer without, and the table as it is.
template <typename Plain, typename Params>
Blobs pack_before_table(const Params& p, Constants constants) {
  Blobs blobs = pack(Of<Plain>{}, p, constants.first(constants.size() - 1));
  if (blobs) blobs->push_back(make_blob(DType::kI8, constants.back().to_vector<int8_t>(), /*is_table=*/true));
  return blobs;
}

}  // namespace tmc::kernels
