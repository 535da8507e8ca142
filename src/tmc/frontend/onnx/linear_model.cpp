// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/linear_model.hpp"

#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/op/fully_connected.hpp"

namespace tmc::frontend::onnx_format {

Result<ir::ValueId> append_linear_scores(ImportContext& context, int64_t outputs) {
  TMC_ASSIGN(const std::vector<float> coefficients, context.attributes().reals("coefficients"));
  TMC_ASSIGN(const std::vector<float> intercepts, context.attributes().reals("intercepts"));
  TMC_ASSIGN(const ir::ValueId rows, input_rows(context));
  const int64_t features = context.type(rows).shape[1];
  if (outputs < 1 || outputs > std::ssize(coefficients) || features != std::ssize(coefficients) / outputs) {
    return error(Error::kMalformed, "it has {} coefficients for {} scores of {} features", coefficients.size(), outputs,
                 features);
  }
  TMC_ASSIGN(const ir::ValueId weights,
             append_reals(context, "_coefficients", Shape::of(outputs, features), coefficients));
  std::vector<ir::ValueId> inputs = {rows, weights};
  if (!intercepts.empty()) {
    TMC_ASSIGN(const ir::ValueId bias, append_reals(context, "_intercepts", Shape::of(outputs), intercepts));
    inputs.push_back(bias);
  }
  return context.append("_scores", ops::FullyConnected{}, std::move(inputs));
}

}  // namespace tmc::frontend::onnx_format
