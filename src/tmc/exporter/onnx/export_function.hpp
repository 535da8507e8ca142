// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The exporter of a function (function/function.hpp): its attributes are all written. kUnsupportedOp where ONNX has no
// operator of it.

#include "tmc/exporter/onnx/patterns.hpp"
#include "tmc/ops/function_op.hpp"

namespace tmc::exporter::onnx_format {

template <typename Function>
Status export_function(ExportContext& context) {
  using Op = ops::OpOf<Function>;
  if (Function::kOnnx == nullptr) {
    return error(Error::kUnsupportedOp, "ONNX has no operator like {}", Function::kName);
  } else if constexpr (Function::kOperands == 0) {
    const Op& op = context.op<Op>();
    return export_reduction(context, Function::kOnnx, op.axes, op.keep_dims, Function::kAxesAreInputSince);
  } else if constexpr (Function::kOperands == 2) {
    return export_elementwise(context, Function::kOnnx);
  } else {
    Attributes attributes;
    for (size_t i = 0; i < Op::kAttributes; ++i) {
      const function::Attribute& attribute = Function::kAttributes[i];
      const double value = context.op<Op>().attributes[i];
      attributes.push_back(attribute.is_integer ? Attribute{attribute.name, static_cast<int64_t>(value)}
                                                : Attribute{attribute.name, static_cast<float>(value)});
    }
    return export_unary(context, Function::kOnnx, attributes);
  }
}

}  // namespace tmc::exporter::onnx_format
