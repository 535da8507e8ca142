// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/import_function.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

// With the sign of the divisor, or with `fmod` that of the dividend.
Status import_mod(ImportContext& context) {
  TMC_ASSIGN(const int64_t of_dividend, context.attributes().integer("fmod", 0));
  return of_dividend != 0 ? import_function<function::Remainder>(context) : import_function<function::Mod>(context);
}

}  // namespace tmc::frontend::onnx_format
