// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// Extents are known here: what the graph computes from them is constant.
Status import_shape(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  const int64_t rank = shape.rank();
  TMC_ASSIGN(const int64_t start, context.attributes().integer("start", 0));
  TMC_ASSIGN(const int64_t end, context.attributes().integer("end", rank));
  const auto within = [&](int64_t axis) { return std::clamp<int64_t>(axis < 0 ? axis + rank : axis, 0, rank); };
  std::vector<int64_t> extents;
  for (int64_t axis = within(start); axis < within(end); ++axis) extents.push_back(shape[static_cast<int>(axis)]);
  return context.finish_as(make_ints(extents));
}

}  // namespace tmc::frontend::onnx_format
