// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/pool.hpp"
#include "tmc/frontend/onnx/tap_pool.hpp"
#include "tmc/ops/op/max_pool2d.hpp"

namespace tmc::frontend::onnx_format {

Status import_max_pool(ImportContext& context) {
  if (context.has_output(1)) return import_max_pool_with_places(context);
  TMC_ASSIGN(const bool by_taps, needs_taps(context));
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  if (by_taps || context.type(input).dtype == DType::kU8) return import_tap_pool(context, TapPool::kMax);
  TMC_ASSIGN(const ir::ValueId image, input_image(context));
  ops::MaxPool2d op;
  TMC_TRY(set_pool(context, op));
  return finish_image(context, op, {image});
}

}  // namespace tmc::frontend::onnx_format
