// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gather_elements.hpp"
#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_gather_elements(ImportContext& context) {
  TMC_ASSIGN(const int32_t axis, context.attributes().small_integer("axis", 0));
  TMC_ASSIGN(const ir::ValueId data, context.input(0));
  TMC_ASSIGN(const ir::ValueId indices, context.input(1));
  return context.finish(ops::GatherElements{axis}, {data, indices});
}

}  // namespace tmc::frontend::onnx_format
