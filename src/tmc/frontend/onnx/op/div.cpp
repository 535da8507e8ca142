// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/div.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_div(ImportContext& context) {
  return import_binary(context, ops::Div{}, [](double a, double b) { return a / b; });
}

}  // namespace tmc::frontend::onnx_format
