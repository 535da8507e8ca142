// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_scatter_elements(ImportContext& context);

// What ScatterElements was called before opset 11.
Status import_scatter(ImportContext& context) {
  return import_scatter_elements(context);
}

}  // namespace tmc::frontend::onnx_format
