// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The importer of a function (function/function.hpp): an operator of one or two operands, or of all elements along
// axes. Of the former none has options that say more than its name; attributes keep their defaults.

#include "tmc/frontend/tflite/known.hpp"
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/function_op.hpp"

namespace tmc::frontend::tflite {

template <typename Function>
Status import_function(ImportContext& context) {
  if constexpr (Function::kOperands == 0) {
    TMC_ASSIGN(const auto* options, context.options<schema::ReducerOptions>());
    TMC_ASSIGN(const ir::ValueId input, context.input(0));
    TMC_ASSIGN(std::vector<int64_t> axes, context.constant_ints(1, "axes"));
    return context.finish(ops::ReductionOp<Function>{.axes = std::move(axes), .keep_dims = options->keep_dims()},
                          {input});
  } else if constexpr (Function::kOperands == 1) {
    TMC_ASSIGN(const bool is_known, finish_if_known<Function>(context));
    if (is_known) return {};
    return import_unary(context, ops::FunctionOp<Function>{});
  } else {
    TMC_ASSIGN(const bool is_known, finish_if_known<Function>(context));
    if (is_known) return {};
    TMC_ASSIGN(const ir::ValueId a, context.input(0));
    TMC_ASSIGN(const ir::ValueId b, context.input(1));
    return context.finish(ops::FunctionOp<Function>{}, {a, b});
  }
}

// What the table has of it, where the format has no operator of that name: nothing finds it.
template <typename Function>
constexpr std::string_view function_name() {
  return Function::kTflite == nullptr ? "" : Function::kTflite;
}

}  // namespace tmc::frontend::tflite
