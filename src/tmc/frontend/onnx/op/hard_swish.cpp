// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/hard_swish.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_hard_swish(ImportContext& context) {
  return import_unary(context, ops::HardSwish{});
}

}  // namespace tmc::frontend::onnx_format
