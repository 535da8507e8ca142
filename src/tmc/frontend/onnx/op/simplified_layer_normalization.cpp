// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/normalization.hpp"

namespace tmc::frontend::onnx_format {

// What onnxruntime called RMSNormalization before ONNX had it, in the default domain.
Status import_simplified_layer_normalization(ImportContext& context) {
  return import_normalization(context, /*centred=*/false);
}

}  // namespace tmc::frontend::onnx_format
