// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/normalization.hpp"

namespace tmc::frontend::onnx_format {

Status import_RMS_normalization(ImportContext& context) {
  return import_normalization(context, /*centred=*/false);
}

}  // namespace tmc::frontend::onnx_format
