// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_floor(ImportContext& context) {
  return import_constant_unary(context, [](double x) { return std::floor(x); });
}

}  // namespace tmc::frontend::onnx_format
