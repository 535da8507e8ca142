// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/options.hpp"
#include "tmc/ops/op/average_pool2d.hpp"

namespace tmc::frontend::tflite {

Status import_average_pool_2d(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::Pool2DOptions>());
  TMC_ASSIGN(const ir::ValueId image, context.input(0));
  ops::AveragePool2d op;
  op.kernel_h = options->filter_height();
  op.kernel_w = options->filter_width();
  TMC_TRY(set_window(op, *options, context.type(image).shape, op.kernel_h, op.kernel_w, 1, 1));
  return context.finish(op, {image});
}

}  // namespace tmc::frontend::tflite
