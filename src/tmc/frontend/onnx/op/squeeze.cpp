// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

Status import_squeeze(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  if (context.opset() >= 13 && context.is_at_run_time(1)) return import_reshape_as_declared(context, "axes");
  TMC_ASSIGN(const auto axes, context.ints_of("axes", 1, 13));
  std::vector<bool> dropped(static_cast<size_t>(shape.rank()), false);
  for (int axis = 0; axis < shape.rank(); ++axis) dropped[static_cast<size_t>(axis)] = !axes && shape[axis] == 1;
  for (const int64_t given : axes.value_or(std::vector<int64_t>())) {
    TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
    if (shape[axis] != 1) return error(Error::kMalformed, "axis {} has extent {}, not 1", axis, shape[axis]);
    dropped[static_cast<size_t>(axis)] = true;
  }
  std::vector<int64_t> extents;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (!dropped[static_cast<size_t>(axis)]) extents.push_back(shape[axis]);
  }
  return import_reshape_to(context, std::move(extents));
}

}  // namespace tmc::frontend::onnx_format
