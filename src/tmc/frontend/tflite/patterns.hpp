// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Importers that several operators share.

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/known.hpp"
#include "tmc/frontend/tflite/options.hpp"
#include "tmc/ops/op/conv2d.hpp"

namespace tmc::frontend::tflite {

// Two operands and a fused activation.
template <typename Op, typename Options>
Status import_binary(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<Options>());
  if (options->fused_activation_function() == schema::ActivationFunctionType::NONE) {
    TMC_ASSIGN(const bool is_known, finish_if_known<typename Op::Function>(context));
    if (is_known) return {};
  }
  TMC_ASSIGN(const ir::ValueId a, context.input(0));
  TMC_ASSIGN(const ir::ValueId b, context.input(1));
  Op op;
  TMC_ASSIGN(op.activation, context.fused(options->fused_activation_function()));
  return context.finish(op, {a, b});
}

// kUnsupportedType for a sum of int16 that the runtime takes by shifts: where the option allows it and every scale is a
// power of two. Its roundings are others.
Status check_int16_sum(ImportContext& context, bool pot_scale_int16);

// A sum or a difference.
template <typename Op, typename Options>
Status import_sum(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<Options>());
  TMC_TRY(check_int16_sum(context, options->pot_scale_int16()));
  return import_binary<Op, Options>(context);
}

// One operand; what the operator needs to know is in `op` already.
Status import_unary(ImportContext& context, ops::AnyOp op);

// Elements of one of two operands, as truth values say.
Status import_choice(ImportContext& context);

template <typename Op>
Status import_pool(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::Pool2DOptions>());
  TMC_ASSIGN(const ir::ValueId image, context.input(0));
  Op op;
  op.kernel_h = options->filter_height();
  op.kernel_w = options->filter_width();
  TMC_TRY(set_window(op, *options, context.type(image).shape, op.kernel_h, op.kernel_w, 1, 1));
  TMC_ASSIGN(op.activation, context.fused(options->fused_activation_function()));
  if constexpr (requires { op.ties_up; }) {
    TMC_ASSIGN(const FileTensor output, context.output());
    op.ties_up = output.shifted;  // the reference rounds uint8 so
  }
  return context.finish(op, {image});
}

// `weights` in the layout of Conv2d; the options are those of a plain or a depthwise convolution.
template <typename Options>
Status import_convolution(ImportContext& context, const Options& options, ir::ValueId weights) {
  TMC_ASSIGN(const ir::ValueId image, context.input(0));
  TMC_ASSIGN(const ir::ValueId bias, context.bias(2));
  const Shape& kernel = context.type(weights).shape;
  if (kernel.rank() != 4) return error(Error::kUnsupportedShape, "its weights have rank {}", kernel.rank());
  ops::Conv2d op;
  op.dilation_h = options.dilation_h_factor();
  op.dilation_w = options.dilation_w_factor();
  TMC_TRY(set_window(op, options, context.type(image).shape, kernel[1], kernel[2], op.dilation_h, op.dilation_w));
  TMC_ASSIGN(op.activation, context.fused(options.fused_activation_function()));
  // Grouped where the weights see fewer channels than the image has; the shape rule checks that they divide.
  op.groups = static_cast<int32_t>(context.type(image).shape[3] / kernel[3]);
  // The format has no option for it: the runtime's hybrid convolution takes a zero point where weights are per channel.
  op.asymmetric_quantize_inputs = dtype_is_float(context.type(image).dtype) && context.quantization(weights).per_axis();
  return context.finish(op, {image, weights, bias});
}

// Ends with integers that are known here, in the type that the file declares: int32 or int64.
Status finish_integers(ImportContext& context, const std::vector<int64_t>& integers, const Shape& shape);

// The operator's [rank, 2] matrix of counts: those before every axis, then those behind every axis.
Result<std::vector<int64_t>> read_pads(ImportContext& context);
// A Pad by so many.
Status import_pads(ImportContext& context, double value);

}  // namespace tmc::frontend::tflite
