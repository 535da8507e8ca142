// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::exporter::onnx_format {

// As exporters write it; ONNX has one for it only from opset 24 on.
Status export_silu(ExportContext& context) {
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(const std::string x, context.input(0, order));
  return context.finish("Mul", {x, context.append("Sigmoid", {x})}, {}, order);
}

}  // namespace tmc::exporter::onnx_format
