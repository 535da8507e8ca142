// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/layer_norm.hpp"

#include <vector>

#include "tmc/exporter/onnx/patterns.hpp"
#include "tmc/ops/normalization.hpp"

namespace tmc::exporter::onnx_format {

// ONNX asks for a scale.
Status export_layer_norm(ExportContext& context) {
  const auto& op = context.op<ops::LayerNorm>();
  TMC_ASSIGN(const std::string x, context.input(0));
  std::vector<std::string> inputs = {x};
  if (context.has_input(1)) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(1));
  } else {
    const Shape& shape = context.input_shape(0);
    Shape row;
    for (int i = op.axis < 0 ? op.axis + shape.rank() : op.axis; i < shape.rank(); ++i) row.push_back(shape[i]);
    inputs.push_back(context.reals("scale", row, std::vector<float>(static_cast<size_t>(row.elements()), 1)));
  }
  if (context.has_input(2)) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(2));
  }
  return context.finish("LayerNormalization", inputs,
                        {{"axis", int64_t{op.axis}}, {"epsilon", static_cast<float>(op.epsilon)}});
}

}  // namespace tmc::exporter::onnx_format
