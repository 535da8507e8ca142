// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/index_map.hpp"

namespace tmc::frontend::onnx_format {

Status import_upsample(ImportContext& context) {
  return import_resize(context);
}

}  // namespace tmc::frontend::onnx_format
