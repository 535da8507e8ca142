// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// Extent 0 stands for the input's. Before opset 5 the shape is an attribute.
Status import_reshape(ImportContext& context) {
  TMC_ASSIGN(const int64_t allow_zero, context.attributes().integer("allowzero", 0));
  if (context.opset() >= 5 && context.is_at_run_time(1)) return import_reshape_as_declared(context, "shape");
  TMC_ASSIGN(auto given, context.ints_of("shape", 1, 5));
  if (!given) return error(Error::kMalformed, "it has no shape");
  std::vector<int64_t> extents = *std::move(given);
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  for (size_t axis = 0; axis < extents.size(); ++axis) {
    if (extents[axis] != 0) continue;
    if (allow_zero != 0 || axis >= static_cast<size_t>(shape.rank())) {
      return error(Error::kUnsupportedShape, "axis {} of its shape has extent 0", axis);
    }
    extents[axis] = shape[static_cast<int>(axis)];
  }
  return import_reshape_to(context, std::move(extents));
}

}  // namespace tmc::frontend::onnx_format
