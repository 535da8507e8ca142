// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// A bound in integers of the file, as PyTorch writes activations of fewer than 8 bits: the real that it stands for.
Result<double> quantized_bound(ImportContext& context, size_t index, const char* what, const ir::Value& input,
                               bool shifted, double otherwise) {
  if (!context.has_input(index)) return otherwise;
  TMC_ASSIGN(const Constant* bound, context.constant(index, what));
  if (dtype_is_float(bound->type.dtype) || bound->type.shape.elements() != 1) {
    return error(Error::kUnsupportedType, "its {} is no integer, as its input is", what);
  }
  const int32_t zero_point = input.quantization.zero_point() + (shifted ? 128 : 0);
  const double steps = load_element(bound->type.dtype, bound->data.bytes().data()) - zero_point;
  return steps * static_cast<double>(input.quantization.scale());
}

// Limits that are computed at run time, or of plain integers: the larger of it and the one, the smaller of that and the
// other.
Status import_between(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  if (!context.has_input(1) && !context.has_input(2)) return import_pass_through(context);
  if (context.has_input(1)) {
    TMC_ASSIGN(const ir::ValueId low, context.input(1));
    if (!context.has_input(2)) return context.finish(ops::Max{}, {value, low});
    TMC_ASSIGN(value, context.append("_raised", ops::Max{}, {value, low}));
  }
  TMC_ASSIGN(const ir::ValueId high, context.input(2));
  return context.finish(ops::Min{}, {value, high});
}

bool has_constant_limits(const ImportContext& context) {
  const auto is_fixed = [&](size_t index) { return !context.has_input(index) || context.is_constant(index); };
  return is_fixed(1) && is_fixed(2);
}

}  // namespace

Status import_clip(ImportContext& context) {
  constexpr double kLargest = std::numeric_limits<float>::max();
  ops::Clip op;
  if (context.opset() < 11) {
    TMC_ASSIGN(op.min, context.attributes().real("min", -kLargest));
    TMC_ASSIGN(op.max, context.attributes().real("max", kLargest));
    return import_unary(context, op);
  }
  TMC_ASSIGN(const FileTensor* const tensor, context.tensor(0));
  if (tensor->value != ir::ValueId::kNone && !context.graph().value(tensor->value).quantization.empty()) {
    const ir::Value input = context.graph().value(tensor->value);
    if (input.quantization.per_axis()) return error(Error::kUnsupportedType, "its input is quantised along an axis");
    const bool shifted = tensor->shifted;
    TMC_ASSIGN(op.min, quantized_bound(context, 1, "min", input, shifted, -kLargest));
    TMC_ASSIGN(op.max, quantized_bound(context, 2, "max", input, shifted, kLargest));
    TMC_ASSIGN(const ir::ValueId value, context.input(0));
    return context.finish(op, {value}, input.quantization, shifted);
  }
  TMC_ASSIGN(const ir::ValueId value, context.input(0));
  if (!dtype_is_float(context.type(value).dtype) || !has_constant_limits(context)) return import_between(context);
  TMC_ASSIGN(op.min, context.constant_real(1, "min", -kLargest));
  TMC_ASSIGN(op.max, context.constant_real(2, "max", kLargest));
  return import_unary(context, op);
}

}  // namespace tmc::frontend::onnx_format
