// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/pool.hpp"
#include "tmc/ops/op/max_pool2d.hpp"

namespace tmc::frontend::onnx_format {

Status import_max_pool(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId image, input_image(context));
  ops::MaxPool2d op;
  TMC_TRY(set_pool(context, context.type(image).shape, op));
  return finish_image(context, op, {image});
}

}  // namespace tmc::frontend::onnx_format
