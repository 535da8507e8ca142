// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/mul.hpp"

namespace tmc::frontend::onnx_format {

Status import_neg(ImportContext& context) {
  if (const Constant* constant = context.constant_if(0)) {
    TMC_ASSIGN(Constant negated,
               map_constant(context.budget(), *constant, constant->type.dtype, [](double x) { return -x; }));
    return context.finish_as(std::move(negated));
  }
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  return context.finish(ops::Mul{}, {input, context.append_scalar("_factor", -1)});
}

}  // namespace tmc::frontend::onnx_format
