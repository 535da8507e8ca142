// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_reciprocal(ImportContext& context) {
  if (const Constant* constant = context.constant_if(0)) {
    TMC_ASSIGN(Constant inverse,
               map_constant(context.budget(), *constant, constant->type.dtype, [](double x) { return 1 / x; }));
    return context.finish_as(std::move(inverse));
  }
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  return import_inverse_of(context, input);
}

}  // namespace tmc::frontend::onnx_format
