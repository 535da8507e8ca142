// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

Status import_sum(ImportContext& context) {
  return import_variadic(context, ops::Add{});
}

}  // namespace tmc::frontend::onnx_format
