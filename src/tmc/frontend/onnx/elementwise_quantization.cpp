// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/elementwise_quantization.hpp"

#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

constexpr size_t kScale = 1, kZeroPoint = 2;

// A scale or zero point for every element of a tensor of that shape, by broadcasting, as float32.
Result<ValueId> aligned(ImportContext& context, size_t operand, const char* name, const Shape& shape) {
  TMC_ASSIGN(ValueId value, context.input(operand));
  if (!context.graph().value(value).quantization.empty()) {
    return error(Error::kUnsupportedType, "its {} is quantised itself", name).with_hint("dequantise it first");
  }
  TMC_ASSIGN(value, as_dtype(context, fmt::format("_{}_f32", name), value, DType::kF32));
  const Shape given = context.type(value).shape;
  if (given.elements() == 1) return reshaped(context, fmt::format("_{}_scalar", name), value, Shape());
  TMC_ASSIGN(const int64_t axis_given, context.attributes().integer("axis", 1));
  TMC_ASSIGN(const int axis, ops::normalize_axis(shape.rank() == 1 ? 0 : axis_given, shape.rank()));
  if (given.rank() == 1 && given[0] == shape[axis]) {
    Shape along = given;
    for (int i = axis + 1; i < shape.rank(); ++i) along.push_back(1);
    return reshaped(context, fmt::format("_{}_along", name), value, along);
  }
  TMC_ASSIGN(const int64_t block, context.attributes().integer("block_size", 0));
  if (block < 1 || given.rank() != shape.rank() || (shape[axis] - 1) / block >= given[axis]) {
    return error(Error::kMalformed, "its {} does not fit its input", name);
  }
  TMC_TRY(take_indices(context.budget(), shape[axis]));
  std::vector<int64_t> blocks;
  for (int64_t i = 0; i < shape[axis]; ++i) blocks.push_back(i / block);
  ops::Gather gather;
  gather.read(axis, blocks);
  return context.append(fmt::format("_{}_of_blocks", name), std::move(gather), {value});
}

struct Range {
  double least, most;
};
Result<Range> range_of(DType dtype, const NarrowType* narrow) {
  if (narrow != nullptr) return Range{static_cast<double>(narrow->least()), static_cast<double>(narrow->most())};
  if (dtype == DType::kI8 || dtype == DType::kU8 || dtype == DType::kI16 || dtype == DType::kU16) {
    return Range{static_cast<double>(dtype_min(dtype)), static_cast<double>(dtype_max(dtype))};
  }
  return error(Error::kUnsupportedType, "quantisation to {} is not supported", dtype_name(dtype));
}

}  // namespace

Result<bool> is_quantized_elementwise(ImportContext& context) {
  TMC_ASSIGN(const int64_t block, context.attributes().integer("block_size", 0));
  return block != 0 || context.is_at_run_time(kScale) || context.is_at_run_time(kZeroPoint);
}

Status quantize_elementwise(ImportContext& context, DType dtype, const NarrowType* narrow) {
  TMC_ASSIGN(ValueId value, context.input(0));
  TMC_ASSIGN(value, as_dtype(context, "_reals", value, DType::kF32));
  const Shape shape = context.type(value).shape;
  TMC_ASSIGN(const ValueId scale, aligned(context, kScale, "scale", shape));
  TMC_ASSIGN(value, context.append("_steps", ops::Div{}, {value, scale}));
  // Zero points of floating-point formats are zero.
  if (narrow != nullptr && narrow->is_float()) return finish_narrow(context, value, *narrow);
  TMC_ASSIGN(const Range range, range_of(dtype, narrow));
  TMC_ASSIGN(value, context.append("_rounded", ops::Round{}, {value}));
  if (context.has_input(kZeroPoint)) {
    TMC_ASSIGN(const ValueId zero_point, aligned(context, kZeroPoint, "zero_point", shape));
    TMC_ASSIGN(value, context.append("_shifted", ops::Add{}, {value, zero_point}));
  }
  TMC_ASSIGN(value, context.append("_limited", ops::Clip{range.least, range.most}, {value}));
  TMC_TRY(context.finish(ops::Cast{dtype}, {value}));
  context.set_narrow_type(narrow);
  return {};
}

Status dequantize_elementwise(ImportContext& context) {
  TMC_ASSIGN(const FileTensor* tensor, context.tensor(0));
  TMC_ASSIGN(ValueId value, context.input(0));
  if (tensor->shifted || !context.graph().value(value).quantization.empty()) {
    return error(Error::kUnsupportedType, "its input is quantised in one scale, and dequantised in another")
        .with_hint("dequantise it with the scale that it was quantised with");
  }
  TMC_ASSIGN(value, as_dtype(context, "_reals", value, DType::kF32));
  const Shape shape = context.type(value).shape;
  if (context.has_input(kZeroPoint)) {
    TMC_ASSIGN(const ValueId zero_point, aligned(context, kZeroPoint, "zero_point", shape));
    TMC_ASSIGN(value, context.append("_centred", ops::Sub{}, {value, zero_point}));
  }
  TMC_ASSIGN(const ValueId scale, aligned(context, kScale, "scale", shape));
  return context.finish(ops::Mul{}, {value, scale});
}

}  // namespace tmc::frontend::onnx_format
