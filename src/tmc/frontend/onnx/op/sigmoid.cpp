// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sigmoid.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_sigmoid(ImportContext& context) {
  return import_unary(context, ops::Sigmoid{});
}

}  // namespace tmc::frontend::onnx_format
