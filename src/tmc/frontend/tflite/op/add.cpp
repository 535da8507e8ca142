// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/add.hpp"
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/options.hpp"

namespace tmc::frontend::tflite {

Status import_add(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::AddOptions>());
  TMC_ASSIGN(const ir::ValueId a, context.input(0));
  TMC_ASSIGN(const ir::ValueId b, context.input(1));
  ops::Add op;
  TMC_ASSIGN(op.activation, read_activation(options->fused_activation_function()));
  return context.finish(op, {a, b});
}

}  // namespace tmc::frontend::tflite
