// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/batches.hpp"

#include <algorithm>

#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::tflite {

int64_t Blocks::batches() const {
  constexpr int64_t kMany = int64_t{1} << 40;  // what is above counts as so many
  int64_t product = 1;
  for (const int64_t size : sizes) product = std::min(product * size, kMany);
  return product;
}

Result<Blocks> read_blocks(ImportContext& context, const Shape& shape, const char* around) {
  constexpr int64_t kMost = 1 << 12;
  TMC_ASSIGN(std::vector<int64_t> sizes, context.constant_ints(1, "block sizes"));
  TMC_ASSIGN(const std::vector<int64_t> pairs, context.constant_ints(2, around));
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

Result<ir::ValueId> reshaped(ImportContext& context, const char* suffix, std::vector<int64_t> extents, ir::ValueId id) {
  return context.append(suffix, ops::Reshape{std::move(extents)}, {id}, context.quantization(id));
}

Result<ir::ValueId> transposed(ImportContext& context, const char* suffix, std::vector<int64_t> perm, ir::ValueId id) {
  return context.append(suffix, ops::Transpose{std::move(perm)}, {id}, context.quantization(id));
}

}  // namespace tmc::frontend::tflite
