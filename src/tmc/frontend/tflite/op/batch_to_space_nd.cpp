// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/batches.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {

// Batches become the places of blocks again, less what is cut off.
Status import_batch_to_space_nd(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  TMC_ASSIGN(const Blocks blocks, read_blocks(context, context.type(value).shape, "crops"));
  TMC_ASSIGN(const BlockMove move, batches_to_blocks(blocks, context.type(value).shape));
  TMC_ASSIGN(value, moved(context, move, "_places", "_blocks", value));
  TMC_ASSIGN(value, context.append("_whole", ops::Reshape{move.result}, {value}, context.quantization(value)));
  ops::Slice slice = ops::Slice::whole(context.type(value).shape);
  for (size_t i = 0; i < blocks.sizes.size(); ++i) {
    const int axis = static_cast<int>(i) + 1;
    const int64_t left = context.type(value).shape[axis] - blocks.before[i] - blocks.behind[i];
    slice.read(axis, blocks.before[i], left);
  }
  return context.finish(std::move(slice), {value});
}

}  // namespace tmc::frontend::tflite
