// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/mul.hpp"

namespace tmc::frontend::onnx_format {

// Constants, and the exponents that products and roots say.
Status import_pow(ImportContext& context) {
  const Constant* base = context.constant_if(0);
  const Constant* exponent = context.constant_if(1);
  if (base != nullptr && exponent != nullptr) {
    TMC_ASSIGN(Constant power, map_constants(context.budget(), *base, *exponent, base->type.dtype,
                                             [](double x, double y) { return std::pow(x, y); }));
    return context.finish_as(std::move(power));
  }
  TMC_ASSIGN(const double power, context.constant_real(1, "exponent", 1));
  if (power == 1) return import_pass_through(context);
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  if (power == 2) return context.finish(ops::Mul{}, {input, input});
  if (power == 3) {
    TMC_ASSIGN(const ir::ValueId square, context.append("_square", ops::Mul{}, {input, input}));
    return context.finish(ops::Mul{}, {square, input});
  }
  if (power == 0.5) return context.finish(ops::Sqrt{}, {input});
  if (power == -1) return import_inverse_of(context, input);
  if (power == -0.5) {
    TMC_ASSIGN(const ir::ValueId root, context.append("_root", ops::Sqrt{}, {input}));
    return import_inverse_of(context, root);
  }
  return error(Error::kUnsupportedOp, "the exponent {} at run time is not covered", power);
}

}  // namespace tmc::frontend::onnx_format
