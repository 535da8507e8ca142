// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/expand.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_expand(ExportContext& context) {
  const auto& op = context.op<ops::Expand>();
  TMC_ASSIGN(const std::string input, context.input(0, identity_order(context.input_shape(0).rank())));
  return context.finish("Expand", {input, context.integers("shape", op.shape)}, {},
                        identity_order(static_cast<int>(op.shape.size())));
}

}  // namespace tmc::exporter::onnx_format
