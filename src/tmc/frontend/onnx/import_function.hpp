// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The importer of a function (function/function.hpp): an operator of one or two operands, computed here where those are
// constant. Its attributes have the names and defaults that the function gives.

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/function/reduction/reduce_sum.hpp"
#include "tmc/ops/function_op.hpp"

namespace tmc::frontend::onnx_format {

// The function of constants: of reals in double, of integers in 64 bits, of truth values as 0 and 1. Null where it is
// not defined for them.
template <typename Function, typename Wide>
constexpr auto folded() {
  using First = typename Function::Types::First;
  constexpr bool kIsOfTruths = std::is_same_v<First, bool>;
  constexpr bool kIsOfReals = std::is_floating_point_v<First>;
  using Element = std::conditional_t<kIsOfTruths, bool, Wide>;
  if constexpr (std::is_floating_point_v<Wide> ? !kIsOfReals
                                               : std::is_same_v<typename Function::Types, function::Reals>) {
    return nullptr;
  } else if constexpr (Function::kOperands == 1) {
    return [](Wide x) { return static_cast<Wide>(Function::apply(static_cast<Element>(x))); };
  } else {
    return [](Wide a, Wide b) {
      return static_cast<Wide>(Function::apply(static_cast<Element>(a), static_cast<Element>(b)));
    };
  }
}

inline Result<double> read_attribute(ImportContext& context, const function::Attribute& attribute) {
  if (!attribute.is_integer) return context.attributes().real(attribute.name, attribute.otherwise);
  TMC_ASSIGN(const int64_t value,
             context.attributes().integer(attribute.name, static_cast<int64_t>(attribute.otherwise)));
  return static_cast<double>(value);
}

// Of no elements, which are known here: what the reduction begins and ends with.
template <typename Function>
Status import_reduction_of_nothing(ImportContext& context, const Shape& shape, bool keep_dims) {
  if constexpr (!Function::kHasOneAxis && std::is_same_v<typename Function::Types::First, float>) {
    const float value = Function::finish(Function::template init<float>(), 0);
    return finish_reduction_of_nothing(context, shape, keep_dims, Function::kAxesAreInputSince, value);
  } else {
    return error(Error::kUnsupportedShape, "it reduces no elements");
  }
}

// Of a list of integers that are known here, as extents are (tf2onnx multiplies them): all of them.
template <typename Function>
Status import_reduction_of_list(ImportContext& context, const Constant& list, bool keep_dims) {
  int64_t state = Function::template init<int64_t>();
  const std::vector<int64_t> integers = list.data.to_vector<int64_t>();
  for (const int64_t integer : integers) state = Function::template step<int64_t>(state, integer);
  const int64_t result = Function::finish(state, static_cast<int32_t>(integers.size()));
  return context.finish_as(Constant{{DType::kI64, keep_dims ? Shape::of(1) : Shape()},
                                    ir::TensorData::of(std::span<const int64_t>(&result, 1))});
}

template <typename Function>
Status import_reduction(ImportContext& context) {
  ops::ReductionOp<Function> op;
  TMC_ASSIGN(const int64_t keep_dims, context.attributes().integer("keepdims", 1));
  if (const Constant* data = context.constant_if(0); data != nullptr && data->type.shape.elements() == 0) {
    return import_reduction_of_nothing<Function>(context, data->type.shape, keep_dims != 0);
  }
  if (!Function::kHasOneAxis && context.opset() >= Function::kAxesAreInputSince && context.is_at_run_time(1)) {
    op.keep_dims = keep_dims != 0;
    const auto along = [&op](const std::vector<int64_t>& axes) { return ops::over_axes(op, axes); };
    return import_reduction_along(context, op.keep_dims, along);
  }
  TMC_ASSIGN(const auto axes, context.reduced_axes(Function::kHasOneAxis, Function::kAxesAreInputSince));
  if (!axes) return import_pass_through(context);
  if constexpr (std::is_same_v<typename Function::Types, function::WideNumbers>) {
    const Constant* list = context.constant_if(0);
    if (list != nullptr && list->type.dtype == DType::kI64 && list->type.shape.rank() == 1 && axes->size() == 1) {
      return import_reduction_of_list<Function>(context, *list, keep_dims != 0);
    }
  }
  op.axes = *axes;
  op.keep_dims = keep_dims != 0;
  if constexpr (std::is_same_v<Function, function::ReduceSum>) return import_sum_of_many(context, op);
  return import_unary(context, std::move(op));
}

template <typename Function>
Status import_function(ImportContext& context) {
  using Op = ops::OpOf<Function>;
  if constexpr (Function::kOperands == 0) {
    return import_reduction<Function>(context);
  } else if constexpr (function::attribute_count<Function>() > 0) {
    Op op;
    for (size_t i = 0; i < Op::kAttributes; ++i) {
      TMC_ASSIGN(op.attributes[i], read_attribute(context, Function::kAttributes[i]));
    }
    return import_unary(context, op, {[&op](double x) { return ops::evaluate<Function>(x, op.attributes); }, nullptr});
  } else if constexpr (Function::kOperands == 1) {
    return import_unary(context, Op{}, {folded<Function, double>(), folded<Function, int64_t>()});
  } else {
    if constexpr (Function::kVariadic) {
      if (context.input_count() != 2) return import_variadic(context, Op{});
    }
    return import_binary(context, Op{}, {folded<Function, double>(), folded<Function, int64_t>()});
  }
}

// What the table has of it, where the format has no operator of that name: nothing finds it.
template <typename Function>
constexpr std::string_view function_name() {
  return Function::kOnnx == nullptr ? "" : Function::kOnnx;
}

}  // namespace tmc::frontend::onnx_format
