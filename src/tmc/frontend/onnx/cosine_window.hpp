// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// HannWindow, HammingWindow and BlackmanWindow.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// offset - first * cos(a) + second * cos(2 a).
struct CosineWindow {
  double offset, first, second;
};
// The window of as many points as input 0 says, over a whole period or, not `periodic`, up to its last point. Computed
// here where that is constant, else at run time: how many there are is then what the file declares for the output.
Status import_cosine_window(ImportContext& context, const CosineWindow& window);

}  // namespace tmc::frontend::onnx_format
