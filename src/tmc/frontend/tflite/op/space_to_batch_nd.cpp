// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/tflite/batches.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::tflite {

// What lies at the same place of every block becomes a batch of its own: padded, cut into blocks, their places first.
Status import_space_to_batch_nd(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  TMC_ASSIGN(const Blocks blocks, read_blocks(context, context.type(value).shape, "pads"));
  const auto rank = static_cast<size_t>(context.type(value).shape.rank());
  ops::Pad pad{.pads = std::vector<int64_t>(2 * rank, 0)};
  std::ranges::copy(blocks.before, pad.pads.begin() + 1);
  std::ranges::copy(blocks.behind, pad.pads.begin() + static_cast<std::ptrdiff_t>(rank) + 1);
  TMC_ASSIGN(value, context.append("_padded", std::move(pad), {value}, context.quantization(value)));
  TMC_ASSIGN(const BlockMove move, blocks_to_batches(blocks, context.type(value).shape));
  TMC_ASSIGN(value, moved(context, move, "_blocks", "_places", value));
  return context.finish(ops::Reshape{move.result}, {value});
}

}  // namespace tmc::frontend::tflite
