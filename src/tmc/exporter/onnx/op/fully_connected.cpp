// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_fully_connected(ExportContext& context) {
  TMC_ASSIGN(const std::string bias, context.bias());
  TMC_ASSIGN(const std::string input, context.input(0));
  if (context.input_shape(0).rank() == 2) {
    TMC_ASSIGN(const std::string rows, context.input(1));
    std::vector<std::string> inputs = {input, rows};
    if (!bias.empty()) inputs.push_back(bias);
    return context.finish("Gemm", inputs, {{"transB", int64_t{1}}});
  }
  TMC_ASSIGN(const std::string columns, context.input(1, {1, 0}));
  if (bias.empty()) return context.finish("MatMul", {input, columns});
  return context.finish("Add", {context.append("MatMul", {input, columns}), bias});
}

}  // namespace tmc::exporter::onnx_format
