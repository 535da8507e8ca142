// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_cast(ImportContext& context) {
  TMC_ASSIGN(const int32_t wanted, context.attributes().small_integer("to", 0));
  TMC_ASSIGN(const DType to, read_dtype(wanted));
  return import_cast(context, to);
}

}  // namespace tmc::frontend::onnx_format
