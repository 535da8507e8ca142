// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The importer of a function (function/function.hpp): an operator of one operand. Those that the format has have no
// options; attributes keep their defaults.

#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/function_op.hpp"

namespace tmc::frontend::tflite {

template <typename Function>
Status import_function(ImportContext& context) {
  return import_unary(context, ops::FunctionOp<Function>{});
}

// What the table has of it, where the format has no operator of that name: nothing finds it.
template <typename Function>
constexpr std::string_view function_name() {
  return Function::kTflite == nullptr ? "" : Function::kTflite;
}

}  // namespace tmc::frontend::tflite
