// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/import_function.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

Status import_arg_min(ImportContext& context) {
  TMC_ASSIGN(const int64_t last, context.attributes().integer("select_last_index", 0));
  return last != 0 ? import_function<function::ArgMinLast>(context) : import_function<function::ArgMin>(context);
}

}  // namespace tmc::frontend::onnx_format
