// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND: the blocks along the axes after the first one.

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

struct Blocks {
  std::vector<int64_t> sizes;           // of a block, along each axis from 1 on
  std::vector<int64_t> before, behind;  // what is padded, or cut off, along the same axes
  int64_t batches() const;              // how many a batch becomes
};

// The operator's inputs 1 and 2, for a tensor of that shape. kMalformed where they contradict themselves or the shape.
Result<Blocks> read_blocks(ImportContext& context, const Shape& shape, const char* around);

// A value under another shape, and with its axes in another order; they keep its quantisation.
Result<ir::ValueId> reshaped(ImportContext& context, const char* suffix, std::vector<int64_t> extents, ir::ValueId id);
Result<ir::ValueId> transposed(ImportContext& context, const char* suffix, std::vector<int64_t> perm, ir::ValueId id);

}  // namespace tmc::frontend::tflite
