// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/concat.hpp"
#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_concat(ImportContext& context) {
  TMC_ASSIGN(const int32_t axis, context.attributes().small_integer("axis", 0));
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(const ir::ValueId input, context.input(i));
    inputs.push_back(input);
  }
  return context.finish(ops::Concat{.axis = axis}, std::move(inputs));
}

}  // namespace tmc::frontend::onnx_format
