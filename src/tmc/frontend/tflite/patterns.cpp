// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"

#include "tmc/ops/op/pad.hpp"

namespace tmc::frontend::tflite {

Status import_unary(ImportContext& context, ops::AnyOp op) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  return context.finish(std::move(op), {input});
}

Status import_pads(ImportContext& context, double value) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> pairs, context.constant_ints(1, "pads"));
  ops::Pad op{.pads = std::vector<int64_t>(pairs.size()), .value = value};
  if (pairs.size() % 2 != 0) return error(Error::kMalformed, "it has {} pads", pairs.size());
  const size_t rank = pairs.size() / 2;
  for (size_t axis = 0; axis < rank; ++axis) {
    op.pads[axis] = pairs[2 * axis];
    op.pads[rank + axis] = pairs[2 * axis + 1];
  }
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::tflite
