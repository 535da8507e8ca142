// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/mean.hpp"

namespace tmc::frontend::onnx_format {

// No axes: all of them, or with noop_with_empty_axes none.
Status import_reduce_mean(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(auto axes, context.ints_of("axes", 1, 18));
  TMC_ASSIGN(const int64_t keep_dims, context.attributes().integer("keepdims", 1));
  TMC_ASSIGN(const int64_t no_axes_is_none, context.attributes().integer("noop_with_empty_axes", 0));
  if (!axes || axes->empty()) {
    if (no_axes_is_none != 0) return import_pass_through(context);
    axes.emplace(static_cast<size_t>(context.type(input).shape.rank()));
    std::iota(axes->begin(), axes->end(), 0);
  }
  return context.finish(ops::Mean{.axes = std::move(*axes), .keep_dims = keep_dims != 0}, {input});
}

}  // namespace tmc::frontend::onnx_format
