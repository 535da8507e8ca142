// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_not_equal(ExportContext& context) {
  const Permutation order = context.common_order();
  TMC_ASSIGN(const std::vector<std::string> operands, elementwise_operands(context, order));
  return context.finish("Not", {context.append("Equal", operands)}, {}, order);
}

}  // namespace tmc::exporter::onnx_format
