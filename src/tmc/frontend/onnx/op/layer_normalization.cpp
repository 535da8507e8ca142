// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/normalization.hpp"

namespace tmc::frontend::onnx_format {

Status import_layer_normalization(ImportContext& context) {
  return import_normalization(context, /*centred=*/true);
}

}  // namespace tmc::frontend::onnx_format
