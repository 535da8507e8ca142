// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/transposed_conv.hpp"
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {
namespace {

// As the runtime pads: half of what the result would have too many, the odd one behind it.
Result<TransposedAxis> read_axis(int64_t extent, int64_t kernel, int64_t stride, int64_t result) {
  TransposedAxis axis{.stride = stride, .kernel = kernel};
  TMC_TRY(axis.check());
  const int64_t total = (extent - 1) * stride + kernel - result;
  axis.pad_before = std::max<int64_t>(0, total) / 2;
  axis.pad_after = total - axis.pad_before;
  TMC_TRY(axis.check());
  return axis;
}

}  // namespace

// Inputs: the shape of the result, weights [out_c, rows, columns, in_c], the image, a bias.
Status import_transpose_conv(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::TransposeConvOptions>());
  TMC_ASSIGN(const std::vector<int64_t> result, context.constant_ints(0, "output shape"));
  TMC_ASSIGN(ir::ValueId weights, context.input(1));
  TMC_ASSIGN(ir::ValueId image, context.input(2));
  TMC_ASSIGN(const ir::ValueId bias, context.bias(3, 2));
  TMC_TRY(ops::check_rank(context.type(weights), 4, "weights"));
  TMC_TRY(ops::check_rank(context.type(image), 4, "image"));
  if (result.size() != 4) return error(Error::kMalformed, "its output shape has {} extents", result.size());
  const Shape kernel = context.type(weights).shape;
  const Shape shape = context.type(image).shape;
  TMC_ASSIGN(const TransposedAxis rows, read_axis(shape[1], kernel[1], options->stride_h(), result[1]));
  TMC_ASSIGN(const TransposedAxis columns, read_axis(shape[2], kernel[2], options->stride_w(), result[2]));
  ops::Slice turn = ops::Slice::whole(kernel);
  turn.read(1, kernel[1] - 1, kernel[1], -1);
  turn.read(2, kernel[2] - 1, kernel[2], -1);
  TMC_ASSIGN(weights, context.append("_weights", std::move(turn), {weights}, context.quantization(weights)));
  TMC_ASSIGN(image, spread_image(context, image, 1, rows, columns));
  ops::Conv2d op;
  set_transposed_window(op, rows, columns);
  TMC_ASSIGN(op.activation, context.fused(options->fused_activation_function()));
  return context.finish(op, {image, weights, bias});
}

}  // namespace tmc::frontend::tflite
