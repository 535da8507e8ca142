// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants that are look-up tables: laid out as the model has them, counted as code.

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::portable {

inline std::vector<Blob> pack_tables(Constants constants) {
  std::vector<Blob> blobs;
  for (const ConstantView& table : constants) {
    blobs.push_back({table.dtype, {table.bytes.begin(), table.bytes.end()}, /*is_table=*/true});
  }
  return blobs;
}

}  // namespace tmc::kernels::portable
