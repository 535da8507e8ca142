// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/min.hpp"

namespace tmc::frontend::tflite {

Status import_minimum(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId a, context.input(0));
  TMC_ASSIGN(const ir::ValueId b, context.input(1));
  return context.finish(ops::Min{}, {a, b});
}

}  // namespace tmc::frontend::tflite
