// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

Status import_unsqueeze(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  if (context.opset() >= 13 && context.is_at_run_time(1)) return import_reshape_as_declared(context, "axes");
  TMC_ASSIGN(const auto axes, context.ints_of("axes", 1, 13));
  if (!axes) return error(Error::kMalformed, "its axes are missing");
  const size_t rank = static_cast<size_t>(shape.rank()) + axes->size();
  if (rank > Shape::kMaxRank) return error(Error::kUnsupportedShape, "its output has rank {}", rank);
  std::vector<int64_t> extents(rank, 0);
  for (const int64_t given : *axes) {
    TMC_ASSIGN(const int axis, ops::normalize_axis(given, static_cast<int>(rank)));
    if (extents[static_cast<size_t>(axis)] != 0) return error(Error::kMalformed, "axis {} is there twice", axis);
    extents[static_cast<size_t>(axis)] = 1;
  }
  const int64_t* next = shape.begin();
  for (int64_t& extent : extents) {
    if (extent == 0) extent = *next++;
  }
  return import_reshape_to(context, std::move(extents));
}

}  // namespace tmc::frontend::onnx_format
