// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/pool.hpp"
#include "tmc/ops/op/max_pool2d.hpp"

namespace tmc::frontend::onnx_format {

Status import_global_max_pool(ImportContext& context) {
  return import_global_pool<ops::MaxPool2d>(context);
}

}  // namespace tmc::frontend::onnx_format
