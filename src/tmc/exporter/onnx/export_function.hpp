// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The exporter of a function (function/function.hpp) that ONNX has as an operator: its attributes are all written.

#include "tmc/exporter/onnx/patterns.hpp"
#include "tmc/ops/function_op.hpp"

namespace tmc::exporter::onnx_format {

template <typename Function>
Status export_function(ExportContext& context) {
  using Op = ops::FunctionOp<Function>;
  Attributes attributes;
  for (size_t i = 0; i < Op::kAttributes; ++i) {
    attributes.push_back({Function::kAttributes[i].name, static_cast<float>(context.op<Op>().attributes[i])});
  }
  return export_unary(context, Function::kOnnx, attributes);
}

}  // namespace tmc::exporter::onnx_format
