// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/batches.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::tflite {

// What lies at the same place of every block becomes a batch of its own: padded, cut into blocks, their places first.
Status import_space_to_batch_nd(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  TMC_ASSIGN(const Blocks blocks, read_blocks(context, context.type(value).shape, "pads"));
  const auto rank = static_cast<size_t>(context.type(value).shape.rank());
  const size_t axes = blocks.sizes.size();
  ops::Pad pad{.pads = std::vector<int64_t>(2 * rank, 0)};
  std::ranges::copy(blocks.before, pad.pads.begin() + 1);
  std::ranges::copy(blocks.behind, pad.pads.begin() + static_cast<std::ptrdiff_t>(rank) + 1);
  TMC_ASSIGN(value, context.append("_padded", std::move(pad), {value}, context.quantization(value)));
  const Shape shape = context.type(value).shape;
  std::vector<int64_t> cut = {shape[0]}, places, batch = {0}, rest, result = {shape[0] * blocks.batches()};
  for (size_t i = 0; i < axes; ++i) {
    const int64_t extent = shape[static_cast<int>(i) + 1];
    const int64_t size = blocks.sizes[i];
    if (extent % size != 0) return error(Error::kMalformed, "blocks of {} do not divide the extent {}", size, extent);
    rest.push_back(std::ssize(cut));
    places.push_back(std::ssize(cut) + 1);
    cut.insert(cut.end(), {extent / size, size});
    result.push_back(extent / size);
  }
  for (size_t axis = axes + 1; axis < rank; ++axis) {
    rest.push_back(std::ssize(cut));
    cut.push_back(shape[static_cast<int>(axis)]);
    result.push_back(cut.back());
  }
  std::vector<int64_t> perm = places;
  perm.insert(perm.end(), batch.begin(), batch.end());
  perm.insert(perm.end(), rest.begin(), rest.end());
  TMC_ASSIGN(value, reshaped(context, "_blocks", std::move(cut), value));
  TMC_ASSIGN(value, transposed(context, "_places", std::move(perm), value));
  return context.finish(ops::Reshape{std::move(result)}, {value});
}

}  // namespace tmc::frontend::tflite
