// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

// A slice that takes everything backward along some axes.
Status import_reverse_v2(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> axes, context.constant_ints(1, "axes"));
  const Shape& shape = context.type(input).shape;
  ops::Slice slice = ops::Slice::whole(shape);
  for (const int64_t given : axes) {
    TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
    slice.read(axis, shape[axis] - 1, shape[axis], -1);
  }
  return context.finish(std::move(slice), {input});
}

}  // namespace tmc::frontend::tflite
