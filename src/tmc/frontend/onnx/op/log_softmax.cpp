// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/log_softmax.hpp"

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_log_softmax(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape shape = context.type(input).shape;
  TMC_ASSIGN(const SoftmaxAxis found, softmax_axis(context, shape));
  const auto [axis, coerces] = found;
  std::vector<int64_t> axes = {axis};
  for (int64_t next = axis + 1; coerces && next < shape.rank(); ++next) axes.push_back(next);
  return import_log_softmax_over(context, input, axes);
}

}  // namespace tmc::frontend::onnx_format
