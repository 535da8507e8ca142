// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/concat.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_concat(ExportContext& context) {
  const int axis = context.op<ops::Concat>().axis;
  const Permutation order = context.common_order();
  const int64_t rank = context.output_shape().rank();
  std::vector<std::string> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(i, order));
  }
  return context.finish("Concat", inputs, {{"axis", axis_in(order, axis < 0 ? axis + rank : axis)}}, order);
}

}  // namespace tmc::exporter::onnx_format
