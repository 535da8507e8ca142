// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The importer of a function (function/function.hpp): an operator of one operand, computed here where that is constant.
// Its attributes are real numbers with the names and defaults that the function gives.

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/function_op.hpp"

namespace tmc::frontend::onnx_format {

template <typename Function>
Status import_function(ImportContext& context) {
  using Op = ops::FunctionOp<Function>;
  Op op;
  for (size_t i = 0; i < Op::kAttributes; ++i) {
    const function::Attribute attribute = Function::kAttributes[i];
    TMC_ASSIGN(op.attributes[i], context.attributes().real(attribute.name, attribute.otherwise));
  }
  return import_unary(context, op, [&op](double x) { return ops::evaluate<Function>(x, op.attributes); });
}

}  // namespace tmc::frontend::onnx_format
