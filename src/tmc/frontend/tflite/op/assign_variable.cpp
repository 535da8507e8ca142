// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

Status import_assign_variable(ImportContext& context) {
  TMC_ASSIGN(const std::string name, context.handle(0));
  TMC_ASSIGN(const ir::ValueId value, context.input(1));
  return context.variables().write(name, value);
}

}  // namespace tmc::frontend::tflite
