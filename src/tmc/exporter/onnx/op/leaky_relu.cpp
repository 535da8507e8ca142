// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/leaky_relu.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_leaky_relu(ExportContext& context) {
  const auto alpha = static_cast<float>(context.op<ops::LeakyRelu>().alpha);
  return export_unary(context, "LeakyRelu", {{"alpha", alpha}});
}

}  // namespace tmc::exporter::onnx_format
