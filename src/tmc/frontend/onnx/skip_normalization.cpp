// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/skip_normalization.hpp"

#include "tmc/frontend/onnx/normalization.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

Status import_skip_normalization(ImportContext& context, bool centred) {
  constexpr size_t kScale = 2, kMean = 1, kInverse = 2, kSum = 3;
  const size_t bias_of_norm = 3, bias_of_sum = centred ? 4 : 3;
  if (context.has_output(kMean) || context.has_output(kInverse)) {
    return error(Error::kUnsupportedOp, "its mean or its inverse deviation is read, which only training needs")
        .with_hint("export the model for inference");
  }
  TMC_ASSIGN(const double epsilon, context.attributes().real("epsilon", 1e-5));
  TMC_ASSIGN(const ValueId x, context.input(0));
  TMC_ASSIGN(const ValueId skip, context.input(1));
  TMC_ASSIGN(ValueId sum, context.append(context.has_input(bias_of_sum) ? "_both" : "_sum", ops::Add{}, {x, skip}));
  if (context.has_input(bias_of_sum)) {
    TMC_ASSIGN(const ValueId bias, context.input(bias_of_sum));
    TMC_ASSIGN(sum, context.append("_sum", ops::Add{}, {sum, bias}));
  }
  TMC_TRY(finish_copy(context, kSum, sum));
  std::vector<ValueId> inputs = {sum};
  TMC_ASSIGN(inputs.emplace_back(), context.input(kScale));
  if (centred && context.has_input(bias_of_norm)) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(bias_of_norm));
  }
  return context.finish(normalization_op(centred, -1, epsilon), std::move(inputs));
}

}  // namespace tmc::frontend::onnx_format
