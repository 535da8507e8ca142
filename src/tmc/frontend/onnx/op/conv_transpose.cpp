// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/transposed_conv.hpp"
#include "tmc/frontend/onnx/column_sums.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/weights.hpp"
#include "tmc/frontend/onnx/window.hpp"
#include "tmc/frontend/onnx/window_product.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// The node's lists, each with an entry for every axis of its input but the first two.
struct Lists {
  std::vector<int64_t> strides, dilations, pads, output_padding, output_shape;
  std::string auto_pad;
};

Result<Lists> read_lists(ImportContext& context, size_t axes) {
  const Attributes attributes = context.attributes();
  Lists lists;
  TMC_ASSIGN(lists.strides, attributes.integers("strides", std::vector<int64_t>(axes, 1)));
  TMC_ASSIGN(lists.dilations, attributes.integers("dilations", std::vector<int64_t>(axes, 1)));
  TMC_ASSIGN(lists.pads, attributes.integers("pads", std::vector<int64_t>(2 * axes, 0)));
  TMC_ASSIGN(lists.output_padding, attributes.integers("output_padding", std::vector<int64_t>(axes, 0)));
  TMC_ASSIGN(lists.output_shape, attributes.integers("output_shape"));
  TMC_ASSIGN(lists.auto_pad, attributes.text("auto_pad", "NOTSET"));
  if (lists.output_shape.size() > axes) {  // with the batch and the channels in front
    lists.output_shape.erase(lists.output_shape.begin(), lists.output_shape.end() - static_cast<std::ptrdiff_t>(axes));
  }
  const bool is_whole = lists.strides.size() == axes && lists.dilations.size() == axes &&
                        lists.pads.size() == 2 * axes && lists.output_padding.size() == axes &&
                        (lists.output_shape.empty() || lists.output_shape.size() == axes);
  if (!is_whole) return error(Error::kMalformed, "its lists do not have an entry for each of {} axes", axes);
  return lists;
}

// Axis `at` of the lists, over so many pixels.
Result<TransposedAxis> read_axis(const Lists& lists, size_t at, int64_t extent, int64_t kernel) {
  TransposedAxis axis{lists.strides[at], kernel, lists.dilations[at], lists.pads[at],
                      lists.pads[at + lists.strides.size()]};
  const bool is_same = lists.auto_pad.starts_with("SAME_");
  if (lists.auto_pad == "VALID") axis.pad_before = axis.pad_after = 0;
  TMC_TRY(axis.check());
  const int64_t extra = lists.output_padding[at];
  if (extra < 0 || extra >= std::max(axis.stride, axis.dilation)) {
    return error(Error::kMalformed, "its output_padding of {} is not below its stride", extra);
  }
  if (is_same || !lists.output_shape.empty()) {
    const int64_t wanted = lists.output_shape.empty() ? extent * axis.stride : lists.output_shape[at];
    if (wanted < 1 || wanted > INT32_MAX) return error(Error::kMalformed, "its output is to have {} pixels", wanted);
    const int64_t total = axis.stride * (extent - 1) + extra + (kernel - 1) * axis.dilation + 1 - wanted;
    const int64_t smaller = std::max<int64_t>(0, total) / 2;
    // The odd one of the pads stands at the end, but for SAME_LOWER and what has a shape alone.
    axis.pad_before = lists.auto_pad == "SAME_UPPER" ? smaller : std::max<int64_t>(0, total) - smaller;
    axis.pad_after = total - axis.pad_before;
  }
  axis.pad_after -= extra;
  TMC_TRY(axis.check());
  return axis;
}

// Of volumes: the products of every place with every tap of the weights, added up where they lie in the output.
Status import_transposed_volume(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId volume, context.input(0));
  TMC_ASSIGN(ir::ValueId weights, context.input(1));
  TMC_ASSIGN(const ir::ValueId bias, context.optional_input(2));
  TMC_ASSIGN(const int32_t groups, context.attributes().small_integer("group", 1));
  const Shape shape = context.type(volume).shape, kernel = context.type(weights).shape;
  if (context.type(volume).dtype != DType::kF32 || context.type(weights).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "volumes are supported in float").with_hint("cast its input to float");
  }
  if (kernel.rank() != 5 || groups < 1 || shape[1] % groups != 0 || kernel[0] != shape[1]) {
    return error(Error::kMalformed, "its weights do not fit its input in {} groups", groups);
  }
  TMC_ASSIGN(const Lists lists, read_lists(context, 3));
  std::vector<ColumnAxis> axes;
  for (int at = 0; at < 3; ++at) {
    TMC_ASSIGN(const TransposedAxis axis, read_axis(lists, static_cast<size_t>(at), shape[at + 2], kernel[at + 2]));
    const int64_t whole = axis.stride * (shape[at + 2] - 1) + (axis.kernel - 1) * axis.dilation + 1;
    const int64_t image = whole - axis.pad_before - axis.pad_after;
    if (image < 1) return error(Error::kUnsupportedShape, "its output has an axis of {}", image);
    axes.push_back({image, axis.kernel, axis.stride, axis.dilation, axis.pad_before, shape[at + 2]});
  }
  const int64_t inputs = shape[1] / groups, sums = kernel.elements(1, 5);
  TMC_ASSIGN(weights, reshaped(context, "_weights", weights, Shape::of(1, groups, inputs, sums)));
  TMC_ASSIGN(weights, context.append("_turned", ops::Transpose{{0, 1, 3, 2}}, {weights}));
  TMC_ASSIGN(volume, reshaped(context, "_places", volume, Shape::of(shape[0], groups, inputs, shape.elements(2, 5))));
  TMC_ASSIGN(ir::ValueId value, context.append("_products", ops::Matmul{}, {weights, volume}));
  TMC_ASSIGN(value, reshaped(context, "_columns", value, Shape::of(shape[0], groups * sums, shape.elements(2, 5))));
  TMC_ASSIGN(value, append_column_sums(context, value, groups * kernel[1], axes));
  if (bias == ir::ValueId::kNone) return finish_copy(context, 0, value);
  TMC_ASSIGN(const ir::ValueId addends, reshaped(context, "_bias", bias, Shape::of(1, groups * kernel[1], 1, 1, 1)));
  return context.finish(ops::Add{}, {value, addends});
}

}  // namespace

Status import_conv_transpose(ImportContext& context) {
  TMC_ASSIGN(const Shape extents, context.shape_of(0));
  if (extents.rank() == 5) return import_transposed_volume(context);
  TMC_ASSIGN(ir::ValueId image, input_image(context));
  TMC_ASSIGN(const Shape given, context.shape_of(0));
  TMC_ASSIGN(const Shape kernel, context.shape_of(1));
  TMC_ASSIGN(const ir::ValueId file_weights, context.input(1));
  TMC_ASSIGN(const ir::ValueId bias, context.optional_input(2));
  if (kernel.rank() != given.rank()) {
    return error(Error::kMalformed, "its weights have rank {}, its input {}", kernel.rank(), given.rank());
  }
  ops::Conv2d op;
  op.layout = ops::Layout::kNchw;
  TMC_ASSIGN(op.groups, context.attributes().small_integer("group", 1));
  const bool is_computed = !is_weights(context.graph(), file_weights);
  TMC_ASSIGN(const ir::ValueId weights, is_computed ? computed_turned_weights(context, file_weights, op.groups)
                                                    : turned_weights(context, file_weights, op.groups));
  const auto axes = static_cast<size_t>(given.rank() - 2);
  TMC_ASSIGN(const Lists lists, read_lists(context, axes));
  TransposedAxis rows, columns;
  if (axes == 2) {
    TMC_ASSIGN(rows, read_axis(lists, 0, given[2], kernel[2]));
  }
  TMC_ASSIGN(columns, read_axis(lists, axes - 1, given.back(), kernel.back()));
  TMC_ASSIGN(image, spread_image(context, image, 2, rows, columns));
  set_transposed_window(op, rows, columns);
  if (is_computed) {
    const Shape& turned = context.type(weights).shape;
    const auto along = [](int64_t kernel_extent, int32_t dilation, int32_t before, int32_t after) {
      return WindowAxis{static_cast<int32_t>(kernel_extent), 1, dilation, before, after};
    };
    const ImageWindow window{along(turned[2], op.dilation_h, op.pad_top, op.pad_bottom),
                             along(turned[3], op.dilation_w, op.pad_left, op.pad_right)};
    return finish_window_product(context, {image, weights, bias, window, op.groups});
  }
  return finish_image(context, op, {image, weights, bias});
}

}  // namespace tmc::frontend::onnx_format
