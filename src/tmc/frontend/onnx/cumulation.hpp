// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// CumSum and CumProd.

#include "tmc/frontend/onnx/run_time.hpp"

namespace tmc::frontend::onnx_format {

// Along the axis that input 1 says, which may be known at run time only.
template <typename Op>
Status import_cumulation(ImportContext& context) {
  TMC_ASSIGN(const int64_t exclusive, context.attributes().integer("exclusive", 0));
  TMC_ASSIGN(const int64_t reverse, context.attributes().integer("reverse", 0));
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  std::vector<std::vector<int64_t>> axes;
  if (context.is_at_run_time(1)) {
    for (int axis = 0; axis < shape.rank(); ++axis) axes.push_back({axis});
  } else {
    TMC_ASSIGN(const std::vector<int64_t> given, context.constant_ints(1, "axis"));
    if (given.size() != 1) return error(Error::kMalformed, "its axis is no scalar");
    TMC_ASSIGN(const int axis, ops::normalize_axis(given.front(), shape.rank()));
    axes.push_back({axis});
  }
  return import_along(context, 1, axes, [&](const std::vector<int64_t>& along) {
    return Op{static_cast<int32_t>(along.front()), exclusive != 0, reverse != 0};
  });
}

}  // namespace tmc::frontend::onnx_format
