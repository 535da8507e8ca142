// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

// Before opset 13 all axes from `axis` on are one.
Status import_log_softmax(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const int rank = context.type(input).shape.rank();
  const bool coerces = context.opset() < 13;
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", coerces ? 1 : -1));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, rank));
  std::vector<int64_t> axes = {axis};
  for (int64_t next = axis + 1; coerces && next < rank; ++next) axes.push_back(next);
  // Of what is left without the largest element, so that large ones keep their places behind the point.
  TMC_ASSIGN(const ir::ValueId largest, context.append("_largest", ops::ReduceMax{axes, true}, {input}));
  TMC_ASSIGN(const ir::ValueId rest, context.append("_rest", ops::Sub{}, {input, largest}));
  TMC_ASSIGN(const ir::ValueId sum, context.append("_log_sum", ops::ReduceLogSumExp{axes, true}, {rest}));
  return context.finish(ops::Sub{}, {rest, sum});
}

}  // namespace tmc::frontend::onnx_format
