// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/pool.hpp"
#include "tmc/frontend/onnx/tap_pool.hpp"
#include "tmc/ops/op/average_pool2d.hpp"

namespace tmc::frontend::onnx_format {

Status import_average_pool(ImportContext& context) {
  TMC_ASSIGN(const int64_t counts_padding, context.attributes().integer("count_include_pad", 0));
  TMC_ASSIGN(const int64_t ceil_mode, context.attributes().integer("ceil_mode", 0));
  TMC_ASSIGN(const bool by_taps, needs_taps(context));
  // What ceil_mode adds at the end is never counted.
  if (by_taps || (counts_padding != 0 && ceil_mode != 0)) {
    return import_tap_pool(context, counts_padding != 0 ? TapPool::kMeanWithPadding : TapPool::kMean);
  }
  TMC_ASSIGN(const ir::ValueId image, input_image(context));
  ops::AveragePool2d op;
  TMC_TRY(set_pool(context, op));
  const bool padded = op.pad_top + op.pad_left + op.pad_bottom + op.pad_right != 0;
  op.count_include_pad = padded && counts_padding != 0;
  return finish_image(context, op, {image});
}

}  // namespace tmc::frontend::onnx_format
