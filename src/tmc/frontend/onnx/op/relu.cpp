// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/relu.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_relu(ImportContext& context) {
  return import_unary(context, ops::Relu{}, [](double x) { return x > 0 ? x : 0; });
}

}  // namespace tmc::frontend::onnx_format
