// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::tflite {

Status import_leaky_relu(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::LeakyReluOptions>());
  ops::LeakyRelu op;
  op.attributes = {options->alpha()};
  return import_unary(context, op);
}

}  // namespace tmc::frontend::tflite
