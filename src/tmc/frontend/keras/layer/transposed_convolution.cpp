// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/transposed_conv.hpp"

#include "tmc/frontend/keras/activation.hpp"
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/frontend/keras/kernel.hpp"
#include "tmc/frontend/keras/window.hpp"
#include "tmc/ops/op/conv2d.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

// The result has every step of the stride, and without padding what the window reaches beyond. What it would have too
// many is left out on both sides, the odd one behind.
TransposedAxis transposed_axis(const Windows& windows, int64_t stride, int64_t kernel) {
  const int64_t beyond = std::max<int64_t>(kernel - stride, 0);
  const int64_t total = kernel - stride - (windows.padding == "same" ? 0 : beyond);
  TransposedAxis axis{.stride = stride, .kernel = kernel};
  axis.pad_before = std::max<int64_t>(0, total) / 2;
  axis.pad_after = total - axis.pad_before;
  return axis;
}

// The kernel turned by half a turn: [h, w, out, in] as [out, h, w, in].
std::vector<float> turned_kernel(const std::vector<float>& kernel, const Shape& shape) {
  const int64_t places = shape[0] * shape[1];
  const auto each = static_cast<size_t>(shape[2] * shape[3]);
  std::vector<float> turned;
  turned.reserve(kernel.size());
  for (int64_t place = places; place-- > 0;) {
    const auto first = kernel.begin() + place * static_cast<int64_t>(each);
    turned.insert(turned.end(), first, first + static_cast<int64_t>(each));
  }
  return permuted(turned, shape, {2, 0, 1, 3});
}

Status check_transposed(LayerContext& context, const Windows& windows) {
  if (windows.padding != "same" && windows.padding != "valid") {
    return error(Error::kUnsupportedOp, "its padding is '{}'", windows.padding);
  }
  if (windows.dilation.h != 1 || windows.dilation.w != 1) return error(Error::kUnsupportedOp, "it is dilated");
  if (context.config().has("output_padding")) return error(Error::kUnsupportedOp, "it has an output_padding");
  return {};
}

Status import_transposed_convolution(LayerContext& context) {
  TMC_ASSIGN(const Windows windows, windows_of(context, "kernel_size", "strides"));
  TMC_TRY(check_transposed(context, windows));
  TMC_ASSIGN(ValueId image, image_of(context, windows));
  TMC_ASSIGN(const int64_t filters, context.config().integer("filters", 0));
  const int64_t channels = context.shape(image)[3];
  constexpr int64_t kMost = 1 << 20;
  if (filters < 1 || filters > kMost) return error(Error::kMalformed, "it has {} filters", filters);
  const Shape shape = Shape::of(windows.kernel.h, windows.kernel.w, filters, channels);
  TMC_ASSIGN(const std::vector<float> kernel,
             context.weights().next(windows.is_sequence ? Shape::of(shape[1], filters, channels) : shape));
  TMC_ASSIGN(const bool has_bias, context.config().truth("use_bias", true));
  ValueId bias = ValueId::kNone;
  if (has_bias) {
    TMC_ASSIGN(const std::vector<float> values, context.weights().next(Shape::of(filters)));
    bias = context.constant("_bias", Shape::of(filters), values);
  }
  const TransposedAxis rows = transposed_axis(windows, windows.stride.h, windows.kernel.h);
  const TransposedAxis columns = transposed_axis(windows, windows.stride.w, windows.kernel.w);
  TMC_TRY(rows.check());
  TMC_TRY(columns.check());
  const ValueId weights =
      context.constant("_kernel", Shape::of(filters, shape[0], shape[1], channels), turned_kernel(kernel, shape));
  TMC_ASSIGN(image, spread_image(context, image, 1, rows, columns));
  ops::Conv2d op;
  set_transposed_window(op, rows, columns);
  TMC_ASSIGN(image, context.append("_convolved", op, {image, weights, bias}));
  TMC_ASSIGN(const ValueId value, sequence_of(context, windows, image));
  return finish_activated(context, value);
}

}  // namespace

std::span<const Importer> transposed_convolution_layers() {
  static constexpr Importer kLayers[] = {{"Conv1DTranspose", import_transposed_convolution},
                                         {"Conv2DTranspose", import_transposed_convolution}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
