// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

#include <algorithm>
#include <numeric>

#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

Result<DType> result_dtype(const ops::AnyOp& op, const std::vector<const ops::TensorType*>& types) {
  TMC_ASSIGN(const std::vector<ops::TensorType> inferred, op.info().infer(op.attributes(), {types}));
  return inferred.front().dtype;
}

}  // namespace

Status import_unary(ImportContext& context, ops::AnyOp op) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  return context.finish(std::move(op), {input});
}

Status import_unary(ImportContext& context, ops::AnyOp op, const UnaryFunction& function) {
  const Constant* constant = context.constant_if(0);
  if (constant == nullptr || !is_defined_for(function, constant->type.dtype)) {
    return import_unary(context, std::move(op));
  }
  TMC_ASSIGN(const DType dtype, result_dtype(op, {&constant->type}));
  TMC_ASSIGN(Constant result, map_constant(context.budget(), *constant, dtype, function));
  return context.finish_as(std::move(result));
}

Status import_binary(ImportContext& context, ops::AnyOp op, const BinaryFunction& function) {
  const Constant* left = context.constant_if(0);
  const Constant* right = context.constant_if(1);
  if (left != nullptr && right != nullptr && !context.attributes().has("axis") &&
      widened(left->type.dtype) == widened(right->type.dtype) && is_defined_for(function, left->type.dtype)) {
    TMC_ASSIGN(const DType dtype, result_dtype(op, {&left->type, &right->type}));
    TMC_ASSIGN(Constant result, map_constants(context.budget(), *left, *right, dtype, function));
    return context.finish_as(std::move(result));
  }
  TMC_ASSIGN(const ir::ValueId a, context.input(0));
  TMC_ASSIGN(const ir::ValueId b, second_operand(context));
  return context.finish(std::move(op), {a, b});
}

Result<ir::ValueId> second_operand(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId operand, context.input(1));
  if (context.opset() >= 7 || !context.attributes().has("axis")) return operand;
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", 0));
  TMC_ASSIGN(const Shape first, context.shape_of(0));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, first.rank()));
  const Shape shape = context.type(operand).shape;
  std::vector<int64_t> extents(shape.begin(), shape.end());
  if (axis + shape.rank() > first.rank()) {
    return error(Error::kMalformed, "its second operand has rank {}, from axis {} on {} are left", shape.rank(), axis,
                 first.rank() - axis);
  }
  extents.resize(static_cast<size_t>(first.rank() - axis), 1);
  return context.append("_aligned", ops::Reshape{std::move(extents)}, {operand});
}

Status import_cast(ImportContext& context, DType to) {
  to = widened(to);
  TMC_ASSIGN(const FileTensor* input, context.tensor(0));
  const DType from = widened(input->constant ? input->constant->type.dtype : context.type(input->value).dtype);
  if (from == to) return import_pass_through(context);
  if (!input->constant) return import_unary(context, ops::Cast{to});
  const Unary same = [](double value) { return value; };
  const Unary truth = [](double value) { return value != 0 ? 1.0 : 0.0; };
  TMC_ASSIGN(Constant cast, map_constant(context.budget(), *input->constant, to, to == DType::kBool ? truth : same));
  return context.finish_as(std::move(cast));
}

namespace {

template <typename T>
Result<ir::ValueId> append_values(ImportContext& context, const std::string& suffix, const ops::TensorType& type,
                                  const std::vector<T>& values) {
  if (type.shape.elements() != std::ssize(values)) {
    return error(Error::kMalformed, "it has {} numbers in a list that should have {}", values.size(),
                 type.shape.elements());
  }
  TMC_TRY(context.budget().take(values.size() * sizeof(T)));
  return context.graph().add_constant(context.first_output_name() + suffix, type,
                                      ir::TensorData::of(std::span<const T>(values)));
}

}  // namespace

Result<ir::ValueId> append_reals(ImportContext& context, const std::string& suffix, const Shape& shape,
                                 const std::vector<float>& values) {
  return append_values(context, suffix, {DType::kF32, shape}, values);
}

Result<ir::ValueId> append_integers(ImportContext& context, const std::string& suffix, const Shape& shape,
                                    const std::vector<int64_t>& values) {
  return append_values(context, suffix, {DType::kI64, shape}, values);
}

Result<ir::ValueId> append_counted(ImportContext& context, const std::string& suffix, const ops::TensorType& type) {
  TMC_TRY(context.budget().take_computed(type));
  std::vector<int64_t> numbers(static_cast<size_t>(type.shape.elements()));
  std::iota(numbers.begin(), numbers.end(), 0);
  return context.graph().add_constant(context.first_output_name() + suffix, type, integer_data(type.dtype, numbers));
}

Result<ir::ValueId> as_dtype(ImportContext& context, const std::string& suffix, ir::ValueId value, DType dtype) {
  if (context.type(value).dtype == dtype) return value;
  return context.append(suffix, ops::Cast{dtype}, {value});
}

ir::ValueId append_zero(ImportContext& context, DType dtype) {
  return context.graph().add_constant(context.output_name() + "_zero", {dtype, Shape()},
                                      ir::TensorData(std::vector<std::byte>(dtype_bytes(dtype))));
}

Result<SoftmaxAxis> softmax_axis(ImportContext& context, const Shape& shape) {
  const bool coerces = context.opset() < 13;
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", coerces ? 1 : -1));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
  return SoftmaxAxis{axis, coerces};
}

Status import_reduction_along(ImportContext& context, bool keep_dims,
                              const std::function<ops::AnyOp(const std::vector<int64_t>&)>& op) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const Shape axes, context.shape_of(1));
  TMC_ASSIGN(const Shape declared, declared_shape(context, 1, "axes"));
  const auto count = static_cast<size_t>(axes.elements());
  return import_along(context, 1, axes_between(shape, declared, keep_dims, count), op);
}

Status import_sum_of_many(ImportContext& context, ops::ReductionOp<function::ReduceSum> op) {
  constexpr int64_t kMany = 4096;
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const ops::TensorType type = context.type(input);
  int64_t summed = 1, inner = 1;
  std::vector<int64_t> inner_axes;
  std::vector<int> axes;
  for (const int64_t axis : op.axes) {
    TMC_ASSIGN(axes.emplace_back(), ops::normalize_axis(axis, type.shape.rank()));
    summed *= type.shape[axes.back()];
  }
  std::ranges::sort(axes, std::greater<>());
  for (const int axis : axes) {
    if (inner * inner >= summed) break;
    inner_axes.push_back(axis);
    inner *= type.shape[axis];
  }
  if (!dtype_is_float(type.dtype) || summed < kMany || inner == summed) return context.finish(std::move(op), {input});
  ops::ReductionOp<function::ReduceSum> first;
  first.axes = std::move(inner_axes);
  first.keep_dims = true;
  TMC_ASSIGN(const ir::ValueId sums, context.append("_sums", std::move(first), {input}));
  return context.finish(std::move(op), {sums});
}

Status import_inverse_of(ImportContext& context, ir::ValueId divisor) {
  return context.finish(ops::Div{}, {context.append_scalar("_one", 1), divisor});
}

Status import_variadic(ImportContext& context, const ops::AnyOp& op) {
  TMC_ASSIGN(ir::ValueId joined, context.input(0));
  const size_t count = context.input_count();
  if (count == 1) return import_pass_through(context);
  for (size_t i = 1; i + 1 < count; ++i) {
    TMC_ASSIGN(const ir::ValueId next, context.input(i));
    TMC_ASSIGN(joined, context.append(fmt::format("_join{}", i), op, {joined, next}));
  }
  TMC_ASSIGN(const ir::ValueId last, context.input(count - 1));
  return context.finish(op, {joined, last});
}

Status import_reshape_to(ImportContext& context, std::vector<int64_t> extents) {
  return import_moved(context, ops::Reshape{std::move(extents)});
}

Status import_picked(ImportContext& context, const Constant& from, const Shape& to,
                     const std::function<int64_t(int64_t)>& source) {
  TMC_ASSIGN(Constant picked, pick_elements(context.budget(), from, to, source));
  return context.finish_as(std::move(picked));
}

Status finish_copy(ImportContext& context, size_t output, ir::ValueId value) {
  const Shape shape = context.type(value).shape;
  return context.finish_output(output, ops::Reshape{{shape.begin(), shape.end()}}, {value});
}

Status import_pass_through(ImportContext& context) {
  if (context.has_output(1)) return error(Error::kUnsupportedOp, "its second output is not supported");
  return import_first_through(context);
}

Status import_first_through(ImportContext& context) {
  TMC_ASSIGN(const FileTensor* input, context.tensor(0));
  if (input->constant) return context.finish_as(*input->constant);
  return context.finish_as(input->value);
}

}  // namespace tmc::frontend::onnx_format
