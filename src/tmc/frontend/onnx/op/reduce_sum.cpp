// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/mean.hpp"
#include "tmc/ops/op/mul.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

// The mean times the number of elements.
Status import_reduce_sum(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(auto axes, context.ints_of("axes", 1, 13));
  TMC_ASSIGN(const int64_t keep_dims, context.attributes().integer("keepdims", 1));
  TMC_ASSIGN(const int64_t no_axes_is_none, context.attributes().integer("noop_with_empty_axes", 0));
  const Shape shape = context.type(input).shape;
  if (!axes || axes->empty()) {
    if (no_axes_is_none != 0) return import_pass_through(context);
    axes.emplace(static_cast<size_t>(shape.rank()));
    std::iota(axes->begin(), axes->end(), 0);
  }
  float count = 1;
  for (const int64_t given : *axes) {
    TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
    count *= static_cast<float>(shape[axis]);
  }
  const ops::Mean mean{.axes = std::move(*axes), .keep_dims = keep_dims != 0};
  TMC_ASSIGN(const ir::ValueId value, context.append("_mean", mean, {input}));
  return context.finish(ops::Mul{}, {value, context.append_scalar("_count", count)});
}

}  // namespace tmc::frontend::onnx_format
