// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/expand.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/scatter_elements.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// What the pool's input was, as far as that follows from its window.
Result<Shape> unpooled_shape(ImportContext& context, const Shape& shape) {
  const auto axes = static_cast<size_t>(std::max(shape.rank() - 2, 0));
  TMC_ASSIGN(const std::vector<int64_t> kernel, context.attributes().integers("kernel_shape"));
  TMC_ASSIGN(std::vector<int64_t> strides, context.attributes().integers("strides"));
  TMC_ASSIGN(std::vector<int64_t> pads, context.attributes().integers("pads"));
  if (strides.empty()) strides.assign(axes, 1);
  if (pads.empty()) pads.assign(2 * axes, 0);
  if (axes == 0 || kernel.size() != axes || strides.size() != axes || pads.size() != 2 * axes) {
    return error(Error::kMalformed, "its window does not fit an input of rank {}", shape.rank());
  }
  constexpr int64_t kMostUnpooled = int64_t{1} << 24;
  Shape unpooled = Shape::of(shape[0], shape[1]);
  int64_t elements = shape[0] * shape[1];
  for (size_t i = 0; i < axes; ++i) {
    for (const int64_t number : {kernel[i], strides[i], pads[i], pads[axes + i]}) {
      if (number < 0 || number > kMostUnpooled) return error(Error::kMalformed, "its window holds {}", number);
    }
    const int64_t extent = (shape[static_cast<int>(i) + 2] - 1) * strides[i] - pads[i] - pads[axes + i] + kernel[i];
    if (extent < 1 || extent > kMostUnpooled / elements) {
      return error(Error::kUnsupportedShape, "its output has an axis of {}", extent);
    }
    elements *= extent;
    unpooled.push_back(extent);
  }
  return unpooled;
}

// Zeros at run time: as a constant they would lie in flash.
Result<ir::ValueId> zeros_of(ImportContext& context, ir::ValueId places, int64_t elements) {
  TMC_ASSIGN(const ir::ValueId first, element_of(context, "_first", places, 0, 1));
  TMC_ASSIGN(const ir::ValueId none, context.append("_none", ops::Sub{}, {first, first}));
  TMC_ASSIGN(const ir::ValueId zero, context.append("_zero", ops::Cast{DType::kF32}, {none}));
  return context.append("_zeros", ops::Expand{{elements}}, {zero});
}

}  // namespace

// Elements go where the pool found them; where the output is larger than what was pooled, it has zeros at the end.
Status import_max_unpool(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  if (context.type(input).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "it is supported in float").with_hint("cast its input to float");
  }
  TMC_ASSIGN(const ir::ValueId places, integers_of(context, 1, "indices"));
  const Shape shape = context.type(input).shape;
  if (context.type(places).shape != shape) return error(Error::kMalformed, "its indices have another shape");
  TMC_ASSIGN(const Shape unpooled, unpooled_shape(context, shape));
  Shape wanted = unpooled;
  if (context.has_input(2)) {
    TMC_ASSIGN(wanted, shape_operand(context, 2));
    if (wanted.rank() != unpooled.rank()) return error(Error::kMalformed, "its output_shape has another rank");
  }
  const Shape flat = Shape::of(shape.elements());
  TMC_ASSIGN(const ir::ValueId elements, reshaped(context, "_elements", input, flat));
  TMC_ASSIGN(const ir::ValueId flat_places, reshaped(context, "_places", places, flat));
  TMC_ASSIGN(const ir::ValueId zeros, zeros_of(context, flat_places, unpooled.elements()));
  TMC_ASSIGN(const ir::ValueId scattered,
             context.append("_scattered", ops::ScatterElements{0, "none"}, {zeros, flat_places, elements}));
  const std::vector<int64_t> extents(unpooled.begin(), unpooled.end());
  if (wanted == unpooled) return context.finish(ops::Reshape{extents}, {scattered});
  TMC_ASSIGN(const ir::ValueId image, context.append("_image", ops::Reshape{extents}, {scattered}));
  ops::Pad pad{.pads = std::vector<int64_t>(2 * static_cast<size_t>(shape.rank()), 0)};
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const int64_t behind = wanted[axis] - unpooled[axis];
    if (behind < 0) return error(Error::kUnsupportedShape, "its output is smaller than what was pooled");
    pad.pads[static_cast<size_t>(shape.rank() + axis)] = behind;
  }
  return context.finish(std::move(pad), {image});
}

}  // namespace tmc::frontend::onnx_format
