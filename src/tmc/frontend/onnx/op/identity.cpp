// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_identity(ImportContext& context) {
  TMC_ASSIGN(const FileTensor input, context.file_tensor(0));
  return input.elements ? context.finish_output_as(0, input) : import_pass_through(context);
}

}  // namespace tmc::frontend::onnx_format
