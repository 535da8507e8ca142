// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/window.hpp"

#include <algorithm>

#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

struct Settings {
  std::vector<int64_t> kernel, strides, dilations, pads;
  std::string auto_pad;
  int64_t ceil_mode = 0;
};

// `kernel`: of the weights; empty where the node states it.
Result<Settings> read_settings(const Attributes& attributes, size_t axes, const std::vector<int64_t>& kernel) {
  const std::vector<int64_t> ones(axes, 1);
  Settings out;
  TMC_ASSIGN(out.kernel, attributes.integers("kernel_shape", kernel));
  TMC_ASSIGN(out.strides, attributes.integers("strides", ones));
  TMC_ASSIGN(out.dilations, attributes.integers("dilations", ones));
  TMC_ASSIGN(out.pads, attributes.integers("pads", std::vector<int64_t>(2 * axes, 0)));
  TMC_ASSIGN(out.auto_pad, attributes.text("auto_pad", "NOTSET"));
  TMC_ASSIGN(out.ceil_mode, attributes.integer("ceil_mode", 0));
  if (out.kernel.size() != axes || out.strides.size() != axes || out.dilations.size() != axes ||
      out.pads.size() != 2 * axes) {
    return error(Error::kMalformed, "its window does not have {} axes", axes);
  }
  if (!kernel.empty() && out.kernel != kernel) {
    return error(Error::kMalformed, "its kernel_shape is not that of its weights");
  }
  return out;
}

// Pads that make the output ceil(input / stride) long.
void pad_same(int64_t input, bool odd_before, WindowAxis& axis) {
  const int64_t outputs = (input - 1) / axis.stride + 1;
  const int64_t reach = (outputs - 1) * axis.stride + int64_t{axis.kernel - 1} * axis.dilation + 1;
  const auto total = static_cast<int32_t>(std::clamp<int64_t>(reach - input, 0, INT32_MAX));
  axis.pad_before = odd_before ? total - total / 2 : total / 2;
  axis.pad_after = total - axis.pad_before;
}

// Pads the end for one more window where the last would stick out, if that one begins before the padding at the end.
void pad_for_ceil(int64_t input, int64_t outputs, WindowAxis& axis) {
  const int64_t reach = int64_t{axis.kernel - 1} * axis.dilation + 1;
  const int64_t missing = outputs * axis.stride + reach - (input + axis.pad_before + axis.pad_after);
  if (missing >= axis.stride || outputs * axis.stride >= input + axis.pad_before) return;
  axis.pad_after = static_cast<int32_t>(std::min<int64_t>(axis.pad_after + missing, INT32_MAX));
}

Result<WindowAxis> read_axis(const Settings& settings, size_t at, int64_t input) {
  for (const int64_t number : {settings.kernel[at], settings.strides[at], settings.dilations[at]}) {
    if (number < 1 || number > INT32_MAX) return error(Error::kUnsupportedShape, "its window holds {}", number);
  }
  const size_t behind = at + settings.kernel.size();
  for (const int64_t pad : {settings.pads[at], settings.pads[behind]}) {
    if (pad < 0 || pad > INT32_MAX) return error(Error::kUnsupportedShape, "its pads hold {}", pad);
  }
  WindowAxis axis{static_cast<int32_t>(settings.kernel[at]), static_cast<int32_t>(settings.strides[at]),
                  static_cast<int32_t>(settings.dilations[at]), 0, 0};
  if (settings.auto_pad == "SAME_UPPER" || settings.auto_pad == "SAME_LOWER") {
    pad_same(input, settings.auto_pad == "SAME_LOWER", axis);
  } else if (settings.auto_pad == "NOTSET") {
    axis.pad_before = static_cast<int32_t>(settings.pads[at]);
    axis.pad_after = static_cast<int32_t>(settings.pads[behind]);
  } else if (settings.auto_pad != "VALID") {
    return error(Error::kMalformed, "its auto_pad is '{}'", settings.auto_pad);
  }
  if (settings.ceil_mode != 0) {
    TMC_ASSIGN(const int64_t outputs, outputs_along(input, axis));
    pad_for_ceil(input, outputs, axis);
  }
  return axis;
}

}  // namespace

Result<ir::ValueId> input_image(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape& shape = context.type(input).shape;
  if (shape.rank() == 4) return input;
  if (shape.rank() == 3) {
    return context.append("_image", ops::Reshape{{shape[0], shape[1], 1, shape[2]}}, {input},
                          context.graph().value(input).quantization);
  }
  return error(Error::kUnsupportedShape, "its input has rank {}; images (rank 4) and lines (rank 3) are supported",
               shape.rank());
}

Status finish_image(ImportContext& context, ops::AnyOp op, std::vector<ir::ValueId> inputs) {
  TMC_ASSIGN(const Shape given, context.shape_of(0));
  if (given.rank() == 4) return context.finish(std::move(op), std::move(inputs));
  const Quantization quantization = context.graph().value(inputs[0]).quantization;
  TMC_ASSIGN(const ir::ValueId image, context.append("_result", std::move(op), std::move(inputs), quantization));
  const Shape shape = context.type(image).shape;
  return context.finish(ops::Reshape{{shape[0], shape[1], shape[3]}}, {image});
}

Result<std::vector<WindowAxis>> read_windows(ImportContext& context, const std::vector<int64_t>& kernel) {
  TMC_ASSIGN(const Shape given, context.shape_of(0));
  if (given.rank() < 3) return error(Error::kUnsupportedShape, "its input has rank {}", given.rank());
  const auto axes = static_cast<size_t>(given.rank() - 2);
  TMC_ASSIGN(const Settings settings, read_settings(context.attributes(), axes, kernel));
  std::vector<WindowAxis> windows;
  for (size_t axis = 0; axis < axes; ++axis) {
    TMC_ASSIGN(windows.emplace_back(), read_axis(settings, axis, given[static_cast<int>(axis) + 2]));
  }
  return windows;
}

Result<ImageWindow> read_window(ImportContext& context, int64_t kernel_h, int64_t kernel_w) {
  TMC_ASSIGN(const Shape given, context.shape_of(0));
  const bool is_line = given.rank() == 3;
  std::vector<int64_t> kernel;
  if (kernel_h != 0) kernel = is_line ? std::vector{kernel_w} : std::vector{kernel_h, kernel_w};
  TMC_ASSIGN(const std::vector<WindowAxis> windows, read_windows(context, kernel));
  if (is_line) return ImageWindow{{}, windows[0]};
  return ImageWindow{windows[0], windows[1]};
}

Result<int64_t> outputs_along(int64_t input, const WindowAxis& window) {
  return ops::window_output(input,
                            {window.kernel, window.stride, window.dilation, window.pad_before, window.pad_after});
}

Result<ir::ValueId> append_padded(ImportContext& context, const std::string& suffix, ir::ValueId value, int axis,
                                  const WindowAxis& window, double around) {
  if (window.pad_before == 0 && window.pad_after == 0) return value;
  const auto rank = static_cast<size_t>(context.type(value).shape.rank());
  std::vector<int64_t> pads(2 * rank, 0);
  pads[static_cast<size_t>(axis)] = window.pad_before;
  pads[rank + static_cast<size_t>(axis)] = window.pad_after;
  return context.append(suffix, ops::Pad{pads, around}, {value});
}

Result<ir::ValueId> append_tap(ImportContext& context, const std::string& suffix, ir::ValueId padded, int axis,
                               const WindowAxis& window, int64_t tap, int64_t outputs) {
  ops::Slice slice = ops::Slice::whole(context.type(padded).shape);
  slice.read(axis, tap * window.dilation, outputs, window.stride);
  return context.append(suffix, slice, {padded});
}

}  // namespace tmc::frontend::onnx_format
