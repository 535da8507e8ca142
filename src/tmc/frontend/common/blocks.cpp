// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/blocks.hpp"

#include <algorithm>

namespace tmc::frontend {

int64_t Blocks::batches() const {
  constexpr int64_t kMany = int64_t{1} << 40;  // what is above counts as so many
  int64_t product = 1;
  for (const int64_t size : sizes) product = std::min(product * size, kMany);
  return product;
}

Result<Blocks> make_blocks(std::vector<int64_t> sizes, const std::vector<int64_t>& pairs, const Shape& shape,
                           const char* around) {
  constexpr int64_t kMost = 1 << 12;
  if (sizes.empty() || std::ssize(sizes) >= shape.rank() || pairs.size() != 2 * sizes.size()) {
    return error(Error::kMalformed, "it has {} block sizes and {} {} for rank {}", sizes.size(), pairs.size(), around,
                 shape.rank());
  }
  Blocks blocks{std::move(sizes), {}, {}};
  for (size_t i = 0; i < pairs.size(); ++i) (i % 2 == 0 ? blocks.before : blocks.behind).push_back(pairs[i]);
  const auto is_out = [](int64_t number) { return number < 0 || number > kMost; };
  const bool is_wrong = std::ranges::any_of(pairs, is_out) ||
                        std::ranges::any_of(blocks.sizes, [&](int64_t size) { return size < 1 || is_out(size); });
  if (is_wrong || blocks.batches() > kMost) return error(Error::kUnsupportedShape, "its blocks are out of range");
  return blocks;
}

Result<BlockMove> blocks_to_batches(const Blocks& blocks, const Shape& shape) {
  const size_t axes = blocks.sizes.size();
  BlockMove move{{shape[0]}, {}, {shape[0] * blocks.batches()}};
  std::vector<int64_t> rest;
  for (size_t i = 0; i < axes; ++i) {
    const int64_t extent = shape[static_cast<int>(i) + 1];
    const int64_t size = blocks.sizes[i];
    if (extent % size != 0) return error(Error::kMalformed, "blocks of {} do not divide the extent {}", size, extent);
    rest.push_back(std::ssize(move.cut));
    move.perm.push_back(std::ssize(move.cut) + 1);
    move.cut.insert(move.cut.end(), {extent / size, size});
    move.result.push_back(extent / size);
  }
  for (int axis = static_cast<int>(axes) + 1; axis < shape.rank(); ++axis) {
    rest.push_back(std::ssize(move.cut));
    move.cut.push_back(shape[axis]);
    move.result.push_back(shape[axis]);
  }
  move.perm.push_back(0);
  move.perm.insert(move.perm.end(), rest.begin(), rest.end());
  return move;
}

Result<BlockMove> batches_to_blocks(const Blocks& blocks, const Shape& shape) {
  const size_t axes = blocks.sizes.size();
  if (shape[0] % blocks.batches() != 0) {
    return error(Error::kMalformed, "{} batches do not make blocks of {}", shape[0], blocks.batches());
  }
  BlockMove move{blocks.sizes, {static_cast<int64_t>(axes)}, {shape[0] / blocks.batches()}};
  move.cut.push_back(move.result.front());
  for (size_t i = 0; i < axes; ++i) {
    const int64_t extent = shape[static_cast<int>(i) + 1];
    const int64_t whole = extent * blocks.sizes[i];
    if (whole - blocks.before[i] - blocks.behind[i] < 1) {
      return error(Error::kMalformed, "its crops leave nothing of axis {}", i + 1);
    }
    move.perm.insert(move.perm.end(), {std::ssize(move.cut), static_cast<int64_t>(i)});
    move.cut.push_back(extent);
    move.result.push_back(whole);
  }
  for (int axis = static_cast<int>(axes) + 1; axis < shape.rank(); ++axis) {
    move.perm.push_back(std::ssize(move.cut));
    move.cut.push_back(shape[axis]);
    move.result.push_back(shape[axis]);
  }
  return move;
}

}  // namespace tmc::frontend
