// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/pool.hpp"
#include "tmc/ops/op/average_pool2d.hpp"

namespace tmc::frontend::onnx_format {

Status import_average_pool(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId image, input_image(context));
  ops::AveragePool2d op;
  TMC_TRY(set_pool(context, context.type(image).shape, op));
  TMC_ASSIGN(const int64_t counts_padding, context.attributes().integer("count_include_pad", 0));
  TMC_ASSIGN(const int64_t ceil_mode, context.attributes().integer("ceil_mode", 0));
  const bool padded = op.pad_top + op.pad_left + op.pad_bottom + op.pad_right != 0;
  op.count_include_pad = padded && counts_padding != 0;
  // What ceil_mode adds at the end is never counted.
  if (op.count_include_pad && ceil_mode != 0) {
    return error(Error::kUnsupportedOp, "ceil_mode together with count_include_pad is not supported");
  }
  return finish_image(context, op, {image});
}

}  // namespace tmc::frontend::onnx_format
