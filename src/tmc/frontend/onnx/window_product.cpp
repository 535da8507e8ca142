// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/window_product.hpp"

#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// The pixels under every window along an axis of the padded image: first those under the first tap, and so on.
Result<std::vector<int64_t>> pixels_of(ImportContext& context, const WindowAxis& axis, int64_t outputs) {
  if (outputs > INT32_MAX / axis.kernel) return error(Error::kUnsupportedShape, "its window holds {}", axis.kernel);
  TMC_TRY(take_indices(context.budget(), outputs * axis.kernel));
  std::vector<int64_t> pixels;
  for (int64_t tap = 0; tap < axis.kernel; ++tap) {
    for (int64_t i = 0; i < outputs; ++i) pixels.push_back(i * axis.stride + tap * axis.dilation);
  }
  return pixels;
}

// [n, c, taps of rows, taps of columns, rows, columns].
Result<ValueId> windows_of(ImportContext& context, ValueId image, const ImageWindow& window) {
  const Shape shape = context.type(image).shape;
  TMC_ASSIGN(const int64_t rows, outputs_along(shape[2], window.rows));
  TMC_ASSIGN(const int64_t columns, outputs_along(shape[3], window.columns));
  const std::vector<int64_t> pads = {0, 0, window.rows.pad_before, window.columns.pad_before,
                                     0, 0, window.rows.pad_after,  window.columns.pad_after};
  TMC_ASSIGN(image, context.append("_padded", ops::Pad{.pads = pads}, {image}));
  ops::Gather gather;
  TMC_ASSIGN(const std::vector<int64_t> of_rows, pixels_of(context, window.rows, rows));
  TMC_ASSIGN(const std::vector<int64_t> of_columns, pixels_of(context, window.columns, columns));
  gather.read(2, of_rows);
  gather.read(3, of_columns);
  TMC_ASSIGN(const ValueId read, context.append("_pixels", std::move(gather), {image}));
  const Shape split = Shape::of(shape[0], shape[1], window.rows.kernel, rows, window.columns.kernel, columns);
  TMC_ASSIGN(const ValueId taps, reshaped(context, "_taps", read, split));
  return context.append("_windows", ops::Transpose{{0, 1, 2, 4, 3, 5}}, {taps});
}

}  // namespace

Status finish_window_product(ImportContext& context, const WindowProduct& product) {
  const Shape image = context.type(product.image).shape;
  const Shape weights = context.type(product.weights).shape;
  const int64_t groups = product.groups;
  if (context.type(product.image).dtype != DType::kF32 || context.type(product.weights).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "its weights are computed at run time, and are not float32")
        .with_hint("make the weights constant");
  }
  if (groups < 1 || image[1] % groups != 0 || weights[0] % groups != 0 || weights[1] != image[1] / groups) {
    return error(Error::kMalformed, "its weights do not fit an input of {} channels in {} groups", image[1], groups);
  }
  TMC_ASSIGN(const ValueId windows, windows_of(context, product.image, product.window));
  const Shape taps = context.type(windows).shape;
  const int64_t inner = weights.elements(1, 4);
  TMC_ASSIGN(const ValueId columns,
             reshaped(context, "_columns", windows, Shape::of(image[0], groups, inner, taps[4] * taps[5])));
  TMC_ASSIGN(const ValueId rows,
             reshaped(context, "_rows", product.weights, Shape::of(groups, weights[0] / groups, inner)));
  TMC_ASSIGN(ValueId sums, context.append("_product", ops::Matmul{}, {rows, columns}));
  const bool is_line = context.shape_of(0).ok() && context.shape_of(0)->rank() == 3;
  std::vector<int64_t> extents = {image[0], weights[0], taps[4], taps[5]};
  if (is_line) extents.erase(extents.begin() + 2);
  if (product.bias == ValueId::kNone) return context.finish(ops::Reshape{extents}, {sums});
  TMC_ASSIGN(sums, context.append("_sums", ops::Reshape{extents}, {sums}));
  Shape aligned = Shape::of(weights[0]);
  for (size_t i = 2; i < extents.size(); ++i) aligned.push_back(1);
  TMC_ASSIGN(const ValueId bias, reshaped(context, "_bias", product.bias, aligned));
  return context.finish(ops::Add{}, {sums, bias});
}

Result<ValueId> computed_weights_of_height_1(ImportContext& context, ValueId weights) {
  const Shape shape = context.type(weights).shape;
  return reshaped(context, "_weights", weights, Shape::of(shape[0], shape[1], 1, shape[2]));
}

Result<ValueId> computed_turned_weights(ImportContext& context, ValueId weights, int64_t groups) {
  const Shape shape = context.type(weights).shape;
  if (groups < 1 || shape.rank() < 3 || shape.rank() > 4 || shape[0] % groups != 0) {
    return error(Error::kMalformed, "its weights of rank {} do not fit {} groups", shape.rank(), groups);
  }
  const int64_t rows = shape.rank() == 4 ? shape[2] : 1;
  const Shape grouped = Shape::of(groups, shape[0] / groups, shape[1], rows, shape.back());
  TMC_ASSIGN(weights, reshaped(context, "_weights_in_groups", weights, grouped));
  TMC_ASSIGN(weights, context.append("_weights_by_output", ops::Transpose{{0, 2, 1, 3, 4}}, {weights}));
  const Shape plain = Shape::of(groups * shape[1], shape[0] / groups, rows, shape.back());
  TMC_ASSIGN(weights, reshaped(context, "_weights_plain", weights, plain));
  ops::Slice turned = ops::Slice::whole(plain);
  turned.read(2, rows - 1, rows, -1);
  turned.read(3, shape.back() - 1, shape.back(), -1);
  return context.append("_weights_turned", std::move(turned), {weights});
}

}  // namespace tmc::frontend::onnx_format
