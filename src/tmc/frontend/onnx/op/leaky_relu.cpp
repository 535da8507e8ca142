// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/leaky_relu.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_leaky_relu(ImportContext& context) {
  TMC_ASSIGN(const double alpha, context.attributes().real("alpha", 0.01));
  return import_unary(context, ops::LeakyRelu{.alpha = alpha});
}

}  // namespace tmc::frontend::onnx_format
