// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// Extent 0 stands for the input's.
Status import_reshape(ImportContext& context) {
  TMC_ASSIGN(const int64_t allow_zero, context.attributes().integer("allowzero", 0));
  TMC_ASSIGN(std::vector<int64_t> extents, context.constant_ints(1, "shape"));
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
