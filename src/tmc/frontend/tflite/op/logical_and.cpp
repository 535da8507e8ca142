// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/function/binary/logical_and.hpp"
#include "tmc/frontend/tflite/import_function.hpp"

namespace tmc::frontend::tflite {

// What is false whatever the other operand is, is known here: the end of a loop whose count is one of its conditions.
Status import_logical_and(ImportContext& context) {
  for (size_t i = 0; i < 2; ++i) {
    TMC_ASSIGN(const ir::ValueId one, context.input(i));
    TMC_ASSIGN(const ir::ValueId other, context.input(1 - i));
    const auto known = context.known(one);
    const bool is_false = known && known->size() == 1 && known->front() == 0;
    if (!is_false || context.type(one) != context.type(other)) continue;
    return context.finish_known(DType::kBool, context.type(one).shape, *known);
  }
  return import_function<function::LogicalAnd>(context);
}

}  // namespace tmc::frontend::tflite
