// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/cosine_window.hpp"

namespace tmc::frontend::onnx_format {

Status import_hann_window(ImportContext& context) {
  return import_cosine_window(context, {0.5, 0.5, 0});
}

}  // namespace tmc::frontend::onnx_format
