// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/min.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_min(ImportContext& context) {
  return import_variadic(context, ops::Min{});
}

}  // namespace tmc::frontend::onnx_format
