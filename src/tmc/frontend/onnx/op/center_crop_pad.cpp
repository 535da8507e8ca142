// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// The extents of the output; where they are computed at run time, those that the file declares.
Result<Shape> cropped_shape(ImportContext& context, const Shape& shape) {
  if (context.is_at_run_time(1)) {
    TMC_ASSIGN(const Shape declared, declared_shape(context, 1, "shape"));
    if (declared.rank() != shape.rank()) return error(Error::kMalformed, "its declared shape has another rank");
    return declared;
  }
  TMC_ASSIGN(const std::vector<int64_t> extents, context.constant_ints(1, "shape"));
  std::vector<int64_t> axes;
  for (int axis = 0; axis < shape.rank(); ++axis) axes.push_back(axis);
  if (context.attributes().has("axes")) {
    TMC_ASSIGN(axes, context.attributes().integers("axes"));
  }
  if (axes.size() != extents.size()) {
    return error(Error::kMalformed, "it has {} extents for {} axes", extents.size(), axes.size());
  }
  Shape wanted = shape;
  for (size_t i = 0; i < axes.size(); ++i) {
    TMC_ASSIGN(const int axis, ops::normalize_axis(axes[i], shape.rank()));
    if (extents[i] < 1) return error(Error::kUnsupportedShape, "it asks for an extent of {}", extents[i]);
    wanted[axis] = extents[i];
  }
  return wanted;
}

}  // namespace

// Axes that are too long lose elements on both sides, those that are too short get zeros there; of an odd number the
// end has one more.
Status import_center_crop_pad(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape shape = context.type(input).shape;
  TMC_ASSIGN(const Shape wanted, cropped_shape(context, shape));
  const auto rank = static_cast<size_t>(shape.rank());
  ops::Slice crop = ops::Slice::whole(shape);
  ops::Pad pad{.pads = std::vector<int64_t>(2 * rank, 0)};
  for (size_t axis = 0; axis < rank; ++axis) {
    const int64_t extent = shape[static_cast<int>(axis)], target = wanted[static_cast<int>(axis)];
    if (target < extent) crop.read(static_cast<int>(axis), (extent - target) / 2, target);
    if (target <= extent) continue;
    pad.pads[axis] = (target - extent) / 2;
    pad.pads[rank + axis] = target - extent - pad.pads[axis];
  }
  const Quantization quantization = context.graph().value(input).quantization;
  TMC_ASSIGN(const ir::ValueId cropped, context.append("_cropped", std::move(crop), {input}, quantization));
  return context.finish(std::move(pad), {cropped});
}

}  // namespace tmc::frontend::onnx_format
