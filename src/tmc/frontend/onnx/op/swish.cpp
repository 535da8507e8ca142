// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

// x * sigmoid(alpha * x).
Status import_swish(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const double alpha, context.attributes().real("alpha", 1));
  ir::ValueId inner = input;
  if (alpha != 1) {
    const ir::ValueId factor = context.append_scalar("_alpha", static_cast<float>(alpha));
    TMC_ASSIGN(inner, context.append("_scaled", ops::Mul{}, {input, factor}));
  }
  TMC_ASSIGN(const ir::ValueId gate, context.append("_gate", ops::Sigmoid{}, {inner}));
  return context.finish(ops::Mul{}, {input, gate});
}

}  // namespace tmc::frontend::onnx_format
