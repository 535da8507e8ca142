// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/max.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_max(ImportContext& context) {
  return import_variadic(context, ops::Max{});
}

}  // namespace tmc::frontend::onnx_format
