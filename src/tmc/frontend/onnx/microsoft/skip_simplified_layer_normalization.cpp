// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/skip_normalization.hpp"

namespace tmc::frontend::onnx_format {

Status import_microsoft_skip_simplified_layer_normalization(ImportContext& context) {
  return import_skip_normalization(context, /*centred=*/false);
}

}  // namespace tmc::frontend::onnx_format
