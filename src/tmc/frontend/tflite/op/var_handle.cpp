// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

Status import_var_handle(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::VarHandleOptions>());
  context.name_handle(variable_name(*options));
  return {};
}

}  // namespace tmc::frontend::tflite
