// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/batches.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {

// Batches become the places of blocks again, less what is cut off.
Status import_batch_to_space_nd(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  const Shape shape = context.type(value).shape;
  TMC_ASSIGN(const Blocks blocks, read_blocks(context, shape, "crops"));
  const size_t axes = blocks.sizes.size();
  if (shape[0] % blocks.batches() != 0) {
    return error(Error::kMalformed, "{} batches do not make blocks of {}", shape[0], blocks.batches());
  }
  std::vector<int64_t> cut = blocks.sizes, perm, whole = {shape[0] / blocks.batches()};
  cut.push_back(whole.front());
  perm.push_back(static_cast<int64_t>(axes));
  for (size_t i = 0; i < axes; ++i) {
    const int64_t extent = shape[static_cast<int>(i) + 1];
    perm.insert(perm.end(), {std::ssize(cut), static_cast<int64_t>(i)});
    cut.push_back(extent);
    whole.push_back(extent * blocks.sizes[i]);
  }
  for (int axis = static_cast<int>(axes) + 1; axis < shape.rank(); ++axis) {
    perm.push_back(std::ssize(cut));
    cut.push_back(shape[axis]);
    whole.push_back(shape[axis]);
  }
  TMC_ASSIGN(value, reshaped(context, "_places", std::move(cut), value));
  TMC_ASSIGN(value, transposed(context, "_blocks", std::move(perm), value));
  TMC_ASSIGN(value, reshaped(context, "_whole", std::move(whole), value));
  ops::Slice slice = ops::Slice::whole(context.type(value).shape);
  for (size_t i = 0; i < axes; ++i) {
    const int axis = static_cast<int>(i) + 1;
    const int64_t left = context.type(value).shape[axis] - blocks.before[i] - blocks.behind[i];
    if (left < 1) return error(Error::kMalformed, "its crops leave nothing of axis {}", axis);
    slice.read(axis, blocks.before[i], left);
  }
  return context.finish(std::move(slice), {value});
}

}  // namespace tmc::frontend::tflite
