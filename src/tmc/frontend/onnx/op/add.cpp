// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/add.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_add(ImportContext& context) {
  return import_binary(context, ops::Add{}, [](double a, double b) { return a + b; });
}

}  // namespace tmc::frontend::onnx_format
