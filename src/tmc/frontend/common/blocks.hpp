// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What lies at the same place of every block of an image becomes a batch of its own, and back: SpaceToBatchND and
// BatchToSpaceND. Blocks lie along the axes after the first one.

#include <cstdint>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"

namespace tmc::frontend {

struct Blocks {
  std::vector<int64_t> sizes;           // of a block, along each axis from 1 on
  std::vector<int64_t> before, behind;  // what is padded, or cut off, along the same axes
  int64_t batches() const;              // how many a batch becomes
};

// From the sizes and the pairs of what is `around` them, for a tensor of that shape. kMalformed where they contradict
// themselves or the shape, kUnsupportedShape where they are out of range.
Result<Blocks> make_blocks(std::vector<int64_t> sizes, const std::vector<int64_t>& pairs, const Shape& shape,
                           const char* around);

// A tensor under another shape, then with its axes in another order, then under the shape of the result.
struct BlockMove {
  std::vector<int64_t> cut, perm, result;
};
// Of a tensor that is padded already; kMalformed where blocks do not divide an extent.
Result<BlockMove> blocks_to_batches(const Blocks& blocks, const Shape& shape);
// To a tensor that is not cut yet; kMalformed where the batches do not make blocks, or the crops leave nothing.
Result<BlockMove> batches_to_blocks(const Blocks& blocks, const Shape& shape);

}  // namespace tmc::frontend
