// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/leaky_relu.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_leaky_relu(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::LeakyReluOptions>());
  return import_unary(context, ops::LeakyRelu{.alpha = options->alpha()});
}

}  // namespace tmc::frontend::tflite
