// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/max.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_max(ImportContext& context) {
  if (context.input_count() != 2) {
    return error(Error::kUnsupportedOp, "takes {} tensors", context.input_count()).remedied_by("chain nodes of two");
  }
  return import_binary(context, ops::Max{});
}

}  // namespace tmc::frontend::onnx_format
