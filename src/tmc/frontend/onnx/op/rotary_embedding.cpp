// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/rotary.hpp"

namespace tmc::frontend::onnx_format {

Status import_rotary_embedding(ImportContext& context) {
  return import_rotary(context, {.cosine = 1, .sine = 2, .positions = 3, .sized_by_angles = false});
}

}  // namespace tmc::frontend::onnx_format
