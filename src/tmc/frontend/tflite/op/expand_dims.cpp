// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

Status import_expand_dims(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> axes, context.constant_ints(1, "axis"));
  if (axes.size() != 1) return error(Error::kMalformed, "it has {} axes", axes.size());
  const Shape& shape = context.type(input).shape;
  TMC_ASSIGN(const int axis, ops::normalize_axis(axes[0], shape.rank() + 1));
  ops::Reshape op{{shape.begin(), shape.end()}};
  op.shape.insert(op.shape.begin() + axis, 1);
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::tflite
