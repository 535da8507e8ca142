// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/tanh.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_tanh(ImportContext& context) {
  return import_unary(context, ops::Tanh{});
}

}  // namespace tmc::frontend::onnx_format
