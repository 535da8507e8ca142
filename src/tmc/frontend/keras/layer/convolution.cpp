// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/conv2d.hpp"

#include "tmc/frontend/keras/activation.hpp"
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/frontend/keras/kernel.hpp"
#include "tmc/frontend/keras/window.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

constexpr int64_t kMostChannels = 1 << 20;

Result<int64_t> positive(const Config& config, const char* name, int64_t otherwise) {
  TMC_ASSIGN(const int64_t number, config.integer(name, otherwise));
  if (number >= 1 && number <= kMostChannels) return number;
  return error(Error::kMalformed, "its '{}' is {}", name, number);
}

// The kernel that the file has: [h, w, in, out], of a sequence [t, in, out].
Result<std::vector<float>> read_kernel(LayerContext& context, const Windows& windows, const Shape& shape) {
  if (!windows.is_sequence) return context.weights().next(shape);
  return context.weights().next(Shape::of(shape[1], shape[2], shape[3]));
}

Result<ValueId> read_conv_bias(LayerContext& context, int64_t channels) {
  TMC_ASSIGN(const bool has_bias, context.config().truth("use_bias", true));
  if (!has_bias) return ValueId::kNone;
  TMC_ASSIGN(const std::vector<float> bias, context.weights().next(Shape::of(channels)));
  return context.constant("_bias", Shape::of(channels), bias);
}

Status finish_image(LayerContext& context, const Windows& windows, ValueId image) {
  TMC_ASSIGN(const ValueId value, sequence_of(context, windows, image));
  return finish_activated(context, value);
}

Status import_convolution(LayerContext& context) {
  TMC_ASSIGN(const Windows windows, windows_of(context, "kernel_size", "strides"));
  TMC_ASSIGN(const ValueId image, image_of(context, windows));
  TMC_ASSIGN(const int64_t filters, positive(context.config(), "filters", 0));
  TMC_ASSIGN(const int64_t groups, positive(context.config(), "groups", 1));
  const Shape input = context.shape(image);
  const Shape shape = Shape::of(windows.kernel.h, windows.kernel.w, input[3] / groups, filters);
  TMC_ASSIGN(const std::vector<float> kernel, read_kernel(context, windows, shape));
  const ValueId weights = context.constant("_kernel", Shape::of(filters, shape[0], shape[1], shape[2]),
                                           permuted(kernel, shape, {3, 0, 1, 2}));
  TMC_ASSIGN(const ValueId bias, read_conv_bias(context, filters));
  ops::Conv2d op;
  op.groups = static_cast<int32_t>(groups);
  TMC_TRY(windows.set(op, input));
  TMC_ASSIGN(const ValueId result, context.append("_convolved", op, {image, weights, bias}));
  return finish_image(context, windows, result);
}

// Each channel by itself, with so many kernels [h, w, in, multiplier].
Result<ValueId> append_depthwise(LayerContext& context, const Windows& windows, ValueId image, ValueId bias,
                                 int64_t multiplier, const std::vector<float>& kernel) {
  const Shape input = context.shape(image);
  const Shape shape = Shape::of(windows.kernel.h, windows.kernel.w, input[3], multiplier);
  const ValueId weights = context.constant("_depthwise_kernel", Shape::of(input[3] * multiplier, shape[0], shape[1], 1),
                                           permuted(kernel, shape, {2, 3, 0, 1}));
  ops::Conv2d op;
  op.groups = static_cast<int32_t>(input[3]);
  TMC_TRY(windows.set(op, input));
  return context.append("_depthwise", op, {image, weights, bias});
}

Status import_depthwise(LayerContext& context) {
  TMC_ASSIGN(const Windows windows, windows_of(context, "kernel_size", "strides"));
  TMC_ASSIGN(const ValueId image, image_of(context, windows));
  TMC_ASSIGN(const int64_t multiplier, positive(context.config(), "depth_multiplier", 1));
  const int64_t channels = context.shape(image)[3];
  const Shape shape = Shape::of(windows.kernel.h, windows.kernel.w, channels, multiplier);
  TMC_ASSIGN(const std::vector<float> kernel, read_kernel(context, windows, shape));
  TMC_ASSIGN(const ValueId bias, read_conv_bias(context, channels * multiplier));
  TMC_ASSIGN(const ValueId result, append_depthwise(context, windows, image, bias, multiplier, kernel));
  return finish_image(context, windows, result);
}

Status import_separable(LayerContext& context) {
  TMC_ASSIGN(const Windows windows, windows_of(context, "kernel_size", "strides"));
  TMC_ASSIGN(const ValueId image, image_of(context, windows));
  TMC_ASSIGN(const int64_t multiplier, positive(context.config(), "depth_multiplier", 1));
  TMC_ASSIGN(const int64_t filters, positive(context.config(), "filters", 0));
  const int64_t channels = context.shape(image)[3];
  const Shape shape = Shape::of(windows.kernel.h, windows.kernel.w, channels, multiplier);
  TMC_ASSIGN(const std::vector<float> kernel, read_kernel(context, windows, shape));
  const Shape points = Shape::of(1, 1, channels * multiplier, filters);
  TMC_ASSIGN(const std::vector<float> pointwise, read_kernel(context, windows, points));
  TMC_ASSIGN(const ValueId bias, read_conv_bias(context, filters));
  TMC_ASSIGN(const ValueId depths, append_depthwise(context, windows, image, ValueId::kNone, multiplier, kernel));
  const ValueId weights = context.constant("_pointwise_kernel", Shape::of(filters, 1, 1, points[2]),
                                           permuted(pointwise, points, {3, 0, 1, 2}));
  TMC_ASSIGN(const ValueId result, context.append("_pointwise", ops::Conv2d{}, {depths, weights, bias}));
  return finish_image(context, windows, result);
}

}  // namespace

std::span<const Importer> convolution_layers() {
  static constexpr Importer kLayers[] = {{"Conv1D", import_convolution},        {"Conv2D", import_convolution},
                                         {"DepthwiseConv1D", import_depthwise}, {"DepthwiseConv2D", import_depthwise},
                                         {"SeparableConv1D", import_separable}, {"SeparableConv2D", import_separable},
                                         {"Convolution1D", import_convolution}, {"Convolution2D", import_convolution}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
