// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/import_function.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

Status import_bit_shift(ImportContext& context) {
  TMC_ASSIGN(const std::string direction, context.attributes().text("direction", ""));
  if (direction == "LEFT") return import_function<function::ShiftLeft>(context);
  if (direction == "RIGHT") return import_function<function::ShiftRight>(context);
  return error(Error::kMalformed, "its direction is '{}', not LEFT or RIGHT", direction);
}

}  // namespace tmc::frontend::onnx_format
