// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/slice.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_slice(ExportContext& context) {
  const auto& op = context.op<ops::Slice>();
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(const std::string input, context.input(0, order));
  std::vector<int64_t> ends;
  for (size_t axis = 0; axis < op.begins.size(); ++axis) {
    const int64_t last = op.begins[axis] + (op.sizes[axis] - 1) * op.steps[axis];
    // Backward, what ends before the first element: -1 would count from the end.
    ends.push_back(op.steps[axis] > 0 ? last + 1 : last > 0 ? last - 1 : INT64_MIN);
  }
  const std::vector<std::string> inputs = {input, context.integers("starts", in_order(op.begins, order)),
                                           context.integers("ends", in_order(ends, order)),
                                           context.integers("axes", identity_order(static_cast<int>(order.size()))),
                                           context.integers("steps", in_order(op.steps, order))};
  return context.finish("Slice", inputs, {}, order);
}

}  // namespace tmc::exporter::onnx_format
