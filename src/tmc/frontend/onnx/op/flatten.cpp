// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_flatten(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", 1));
  const int64_t axis = given < 0 ? given + shape.rank() : given;
  // Unlike elsewhere, the rank itself is an axis here: everything in one column.
  if (axis < 0 || axis > shape.rank()) return error(Error::kMalformed, "it has the axis {}", given);
  const auto split = static_cast<int>(axis);
  return import_reshape_to(context, {shape.elements(0, split), shape.elements(split, shape.rank())});
}

}  // namespace tmc::frontend::onnx_format
