// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/grid_sample.hpp"

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_grid_sample(ImportContext& context) {
  ops::GridSample op;
  // Before opset 20 weights are called after images.
  TMC_ASSIGN(op.mode, context.attributes().text("mode", "linear"));
  if (op.mode == "bilinear") op.mode = "linear";
  if (op.mode == "bicubic") op.mode = "cubic";
  TMC_ASSIGN(op.padding, context.attributes().text("padding_mode", "zeros"));
  TMC_ASSIGN(const int64_t align_corners, context.attributes().integer("align_corners", 0));
  op.align_corners = align_corners != 0;
  TMC_ASSIGN(const ir::ValueId image, context.input(0));
  TMC_ASSIGN(const ir::ValueId grid, context.input(1));
  return context.finish(op, {image, grid});
}

}  // namespace tmc::frontend::onnx_format
