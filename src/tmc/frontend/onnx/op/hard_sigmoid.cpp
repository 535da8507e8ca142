// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"

namespace tmc::frontend::onnx_format {

// max(0, min(1, alpha * x + beta)); the factor and the addend fold into a layer before it.
Status import_hard_sigmoid(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  TMC_ASSIGN(const double alpha, context.attributes().real("alpha", 0.2));
  TMC_ASSIGN(const double beta, context.attributes().real("beta", 0.5));
  const ir::ValueId factor = context.append_scalar("_alpha", static_cast<float>(alpha));
  const ir::ValueId addend = context.append_scalar("_beta", static_cast<float>(beta));
  TMC_ASSIGN(value, context.append("_product", ops::Mul{}, {value, factor}));
  TMC_ASSIGN(value, context.append("_sum", ops::Add{}, {value, addend}));
  return context.finish(ops::Clip{.min = 0, .max = 1}, {value});
}

}  // namespace tmc::frontend::onnx_format
