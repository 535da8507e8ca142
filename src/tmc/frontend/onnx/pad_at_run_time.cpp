// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/pad_at_run_time.hpp"

#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

constexpr size_t kPads = 1, kValue = 2, kAxes = 3;

// Of constant pads, which may be negative.
Result<Shape> padded_shape(ImportContext& context, const Shape& shape, const std::vector<int>& axes) {
  TMC_ASSIGN(const std::vector<int64_t> pads, context.constant_ints(kPads, "pads"));
  constexpr int64_t kMost = INT32_MAX;
  Shape padded = shape;
  for (size_t i = 0; i < axes.size(); ++i) {
    if (pads.size() != 2 * axes.size()) return error(Error::kMalformed, "its pads do not fit its axes");
    for (const int64_t pad : {pads[i], pads[i + axes.size()]}) {
      if (pad < -kMost || pad > kMost) return error(Error::kUnsupportedShape, "its pads hold {}", pad);
      padded[axes[i]] += pad;
    }
    if (padded[axes[i]] < 1) return error(Error::kUnsupportedShape, "its pads leave nothing of axis {}", axes[i]);
  }
  return padded;
}

// Where along an axis the elements of the result come from, `index` counting from the axis' beginning on.
Result<ValueId> source_of(ImportContext& context, const std::string& axis, const std::string& mode, ValueId index,
                          int64_t extent) {
  const auto number = [&](const char* name, int64_t value) {
    return append_integers(context, axis + name, Shape(), {value});
  };
  if (mode == "constant") return index;
  if (mode == "edge") {
    TMC_ASSIGN(const ValueId zero, number("_zero", 0));
    TMC_ASSIGN(const ValueId last, number("_last", extent - 1));
    TMC_ASSIGN(index, context.append(axis + "_low", ops::Max{}, {index, zero}));
    return context.append(axis + "_high", ops::Min{}, {index, last});
  }
  if (mode == "wrap") {
    TMC_ASSIGN(const ValueId whole, number("_extent", extent));
    return context.append(axis + "_wrapped", ops::Mod{}, {index, whole});
  }
  if (mode != "reflect") return error(Error::kMalformed, "its mode is '{}'", mode);
  // Forth and back again, the ends once.
  TMC_ASSIGN(const ValueId period, number("_period", std::max<int64_t>(1, 2 * (extent - 1))));
  TMC_ASSIGN(const ValueId forth, context.append(axis + "_forth", ops::Mod{}, {index, period}));
  TMC_ASSIGN(const ValueId back, context.append(axis + "_back", ops::Sub{}, {period, forth}));
  return context.append(axis + "_reflected", ops::Min{}, {forth, back});
}

// The value, where an index lies outside the axis.
Result<ValueId> filled(ImportContext& context, const std::string& axis, ValueId value, ValueId index, int64_t extent,
                       int behind, ValueId filling) {
  TMC_ASSIGN(const ValueId zero, append_integers(context, axis + "_zero", Shape(), {0}));
  TMC_ASSIGN(const ValueId whole, append_integers(context, axis + "_extent", Shape(), {extent}));
  TMC_ASSIGN(const ValueId begun, context.append(axis + "_begun", ops::GreaterOrEqual{}, {index, zero}));
  TMC_ASSIGN(const ValueId going, context.append(axis + "_going", ops::Less{}, {index, whole}));
  TMC_ASSIGN(ValueId inside, context.append(axis + "_inside", ops::LogicalAnd{}, {begun, going}));
  Shape aligned = context.type(index).shape;
  for (int i = 0; i < behind; ++i) aligned.push_back(1);
  TMC_ASSIGN(inside, reshaped(context, axis + "_aligned", inside, aligned));
  return context.append(axis + "_filled", ops::Where{}, {inside, value, filling});
}

Result<ValueId> filling_of(ImportContext& context, DType dtype) {
  if (!context.has_input(kValue)) return append_zero(context, dtype);
  TMC_ASSIGN(const ValueId filling, context.input(kValue));
  if (context.type(filling).shape.elements() != 1) return error(Error::kMalformed, "its value is no single element");
  return reshaped(context, "_filling", filling, Shape());
}

}  // namespace

bool is_padded_at_run_time(ImportContext& context) {
  const auto is_at_run_time = [&](size_t index) { return context.is_at_run_time(index); };
  return context.opset() >= 11 && (is_at_run_time(kPads) || is_at_run_time(kValue) || is_at_run_time(kAxes));
}

Status import_pad_at_run_time(ImportContext& context, const std::string& mode) {
  TMC_ASSIGN(ValueId value, context.input(0));
  if (!context.graph().value(value).quantization.empty()) {
    return error(Error::kUnsupportedType, "its input is quantised, and its pads are computed at run time")
        .with_hint("dequantise its input, and quantise its output");
  }
  const Shape shape = context.type(value).shape;
  TMC_ASSIGN(const ValueId pads, integers_of(context, kPads, "pads"));
  const int64_t count = context.type(pads).shape.elements() / 2;
  TMC_ASSIGN(const std::vector<int> axes,
             possible_axes(context, kAxes, static_cast<size_t>(std::min<int64_t>(count, shape.rank())), shape.rank()));
  const size_t unknown = context.is_at_run_time(kAxes) ? kAxes : kPads;
  TMC_ASSIGN(const Shape padded, context.is_at_run_time(unknown) ? declared_shape(context, unknown, "pads")
                                                                 : padded_shape(context, shape, axes));
  if (padded.rank() != shape.rank() || context.type(pads).shape != Shape::of(2 * count) || count < 1) {
    return error(Error::kMalformed, "its pads do not fit its input");
  }
  TMC_ASSIGN(const ValueId filling, filling_of(context, context.type(value).dtype));
  ops::Slice first_half = ops::Slice::whole(Shape::of(2 * count));
  first_half.read(0, 0, count);
  TMC_ASSIGN(ValueId before, context.append("_before", std::move(first_half), {pads}));
  TMC_ASSIGN(before, by_axis(context, "_before", before, kAxes, shape.rank(), 0));
  for (const int axis : axes) {
    const std::string suffix = fmt::format("_axis{}", axis);
    TMC_ASSIGN(ValueId index, append_numbers(context, suffix + "_numbers", padded[axis], 0, 1));
    TMC_ASSIGN(const ValueId own, element_of(context, suffix + "_before", before, axis, 1));
    TMC_ASSIGN(index, context.append(suffix + "_index", ops::Sub{}, {index, own}));
    TMC_ASSIGN(const ValueId source, source_of(context, suffix, mode, index, shape[axis]));
    TMC_ASSIGN(value, read_at(context, suffix + "_read", value, axis, source));
    if (mode != "constant") continue;
    TMC_ASSIGN(value, filled(context, suffix, value, index, shape[axis], shape.rank() - 1 - axis, filling));
  }
  return context.finish_as(value);
}

}  // namespace tmc::frontend::onnx_format
