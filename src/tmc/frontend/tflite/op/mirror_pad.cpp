// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/gather.hpp"

namespace tmc::frontend::tflite {

Status import_mirror_pad(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::MirrorPadOptions>());
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> pairs, context.constant_ints(1, "pads"));
  const Shape& shape = context.type(input).shape;
  if (pairs.size() != 2 * static_cast<size_t>(shape.rank())) {
    return error(Error::kMalformed, "it has {} pads", pairs.size());
  }
  const char* const mode = options->mode() == schema::MirrorPadMode::REFLECT ? "reflect" : "symmetric";
  ops::Gather op;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const int64_t before = pairs[2 * static_cast<size_t>(axis)];
    const int64_t after = pairs[2 * static_cast<size_t>(axis) + 1];
    if (before == 0 && after == 0) continue;
    TMC_ASSIGN(const std::vector<int64_t> indices,
               extended_indices(context.budget(), mode, shape[axis], before, after));
    op.read(axis, indices);
  }
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::tflite
