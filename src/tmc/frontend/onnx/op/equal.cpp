// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/function/binary/equal.hpp"
#include "tmc/frontend/onnx/import_function.hpp"
#include "tmc/frontend/onnx/text.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

// Of numbers, or of strings.
Status import_equal(ImportContext& context) {
  if (!context.is_text(0) && !context.is_text(1)) return import_function<function::Equal>(context);
  TMC_ASSIGN(const ir::ValueId a, context.text(0));
  TMC_ASSIGN(const ir::ValueId b, context.text(1));
  TMC_ASSIGN(const ir::ValueId same, equal_strings(context, "_of_strings", a, b));
  return finish_copy(context, 0, same);
}

}  // namespace tmc::frontend::onnx_format
