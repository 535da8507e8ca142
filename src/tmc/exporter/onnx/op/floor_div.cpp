// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

// ONNX divides integers toward zero: what is left of the dividend is taken off before.
Status export_floor_div(ExportContext& context) {
  const Permutation order = context.common_order();
  TMC_ASSIGN(const std::vector<std::string> operands, elementwise_operands(context, order));
  if (dtype_is_float(context.input_value(0).type.dtype)) {
    return context.finish("Floor", {context.append("Div", operands)}, {}, order);
  }
  const std::string whole = context.append("Sub", {operands[0], context.append("Mod", operands)});
  return context.finish("Div", {whole, operands[1]}, {}, order);
}

}  // namespace tmc::exporter::onnx_format
