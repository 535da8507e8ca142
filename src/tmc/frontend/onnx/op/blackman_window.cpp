// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/cosine_window.hpp"

namespace tmc::frontend::onnx_format {

Status import_blackman_window(ImportContext& context) {
  return import_cosine_window(context, {0.42, 0.5, 0.08});
}

}  // namespace tmc::frontend::onnx_format
