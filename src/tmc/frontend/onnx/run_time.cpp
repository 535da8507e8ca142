// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/run_time.hpp"

#include <fmt/ranges.h>

#include <numeric>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/scatter_elements.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/where.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

Result<ValueId> append_numbers(ImportContext& context, const std::string& suffix, int64_t count, int axis, int rank) {
  Shape shape;
  for (int i = 0; i < rank; ++i) shape.push_back(i == axis ? count : 1);
  return append_counted(context, suffix, {DType::kI64, shape});
}

Result<ValueId> integers_of(ImportContext& context, size_t input, const char* what) {
  TMC_ASSIGN(const ValueId value, context.input(input));
  const DType dtype = context.type(value).dtype;
  if (dtype == DType::kI64 || dtype == DType::kI32) {
    return as_dtype(context, fmt::format("_{}_i64", what), value, DType::kI64);
  }
  return error(Error::kMalformed, "its {} is {}, not int32 or int64", what, dtype_name(dtype));
}

Result<ValueId> reshaped(ImportContext& context, const std::string& suffix, ValueId value, const Shape& shape) {
  if (context.type(value).shape == shape) return value;
  return context.append(suffix, ops::Reshape{{shape.begin(), shape.end()}}, {value});
}

Result<ValueId> element_of(ImportContext& context, const std::string& suffix, ValueId vector, int64_t index, int rank) {
  ops::Slice slice = ops::Slice::whole(context.type(vector).shape);
  slice.read(0, index, 1);
  TMC_ASSIGN(const ValueId element, context.append(suffix, std::move(slice), {vector}));
  Shape shape;
  for (int i = 0; i < rank; ++i) shape.push_back(1);
  return reshaped(context, suffix + "_aligned", element, shape);
}

Result<ValueId> by_axis(ImportContext& context, const std::string& suffix, ValueId elements, size_t axes, int rank,
                        int64_t otherwise) {
  const Shape shape = context.type(elements).shape;  // a copy: what is appended below moves the graph's values
  if (shape.rank() != 1 || shape[0] > rank) {
    return error(Error::kMalformed, "it has {} numbers for {} axes", shape.elements(), rank);
  }
  TMC_ASSIGN(const ValueId all, append_integers(context, suffix + "_otherwise", Shape::of(rank),
                                                std::vector<int64_t>(static_cast<size_t>(rank), otherwise)));
  ValueId places = ValueId::kNone;
  if (context.has_input(axes)) {
    TMC_ASSIGN(places, integers_of(context, axes, "axes"));
    TMC_ASSIGN(places, reshaped(context, suffix + "_flat_axes", places, shape));
  } else {
    TMC_ASSIGN(places, append_numbers(context, suffix + "_axes", shape[0], 0, 1));
  }
  return context.append(suffix + "_by_axis", ops::ScatterElements{}, {all, places, elements});
}

Result<std::vector<int>> possible_axes(ImportContext& context, size_t axes, size_t count, int rank) {
  if (context.is_at_run_time(axes)) count = static_cast<size_t>(rank);
  std::vector<int64_t> given(count);
  std::iota(given.begin(), given.end(), 0);
  if (context.has_input(axes) && !context.is_at_run_time(axes)) {
    TMC_ASSIGN(given, context.constant_ints(axes, "axes"));
  }
  std::vector<int> possible;
  for (const int64_t axis : given) {
    TMC_ASSIGN(possible.emplace_back(), ops::normalize_axis(axis, rank));
  }
  return possible;
}

Result<ValueId> read_at(ImportContext& context, const std::string& suffix, ValueId value, int axis, ValueId indices) {
  TMC_ASSIGN(const ValueId flat,
             reshaped(context, suffix + "_indices", indices, Shape::of(context.type(indices).shape.elements())));
  return context.append(suffix, ops::Lookup{axis}, {value, flat});
}

namespace {

// The sum of 2^axis over the axes of the input, which says the set.
Result<ValueId> code_of_axes(ImportContext& context, size_t operand, int rank) {
  std::vector<int64_t> powers;
  for (int axis = 0; axis < rank; ++axis) powers.push_back(int64_t{1} << axis);
  TMC_ASSIGN(const ValueId table, append_integers(context, "_powers", Shape::of(rank), powers));
  TMC_ASSIGN(const ValueId axes, integers_of(context, operand, "axes"));
  TMC_ASSIGN(const ValueId codes, context.append("_codes", ops::Lookup{0}, {table, axes}));
  if (context.type(codes).shape.rank() == 0) return codes;
  ops::ReduceSum sum;
  sum.axes = {0};
  sum.keep_dims = false;
  return context.append("_code", std::move(sum), {codes});
}

}  // namespace

Status import_along(ImportContext& context, size_t operand, const std::vector<std::vector<int64_t>>& sets,
                    const std::function<ops::AnyOp(const std::vector<int64_t>&)>& op) {
  constexpr size_t kMost = 8;
  TMC_ASSIGN(const ValueId input, context.input(0));
  TMC_ASSIGN(const Shape operand_shape, context.shape_of(operand));
  if (sets.empty() || sets.size() > kMost || operand_shape.rank() > 1) {
    return error(Error::kUnsupportedShape,
                 "its axes ('{}') are known at run time only, and {} sets of them are possible",
                 context.input_name(operand), sets.size())
        .with_hint(fmt::format("make a constant of it: an initialiser named '{}'", context.input_name(operand)));
  }
  if (sets.size() == 1) return context.finish(op(sets.front()), {input});
  context.warn(fmt::format("the axes '{}' are known at run time only: '{}' is computed along each of {} sets of them",
                           context.input_name(operand), context.first_output_name(), sets.size()));
  TMC_ASSIGN(const ValueId code, code_of_axes(context, operand, context.type(input).shape.rank()));
  ValueId chosen = ValueId::kNone;
  for (size_t i = 0; i < sets.size(); ++i) {
    const std::string along = fmt::format("_along{}", fmt::join(sets[i], "_"));
    TMC_ASSIGN(const ValueId result, context.append(along, op(sets[i]), {input}));
    if (i == 0) {
      chosen = result;
      continue;
    }
    int64_t own = 0;
    for (const int64_t axis : sets[i]) own += int64_t{1} << axis;
    TMC_ASSIGN(const ValueId number, append_integers(context, along + "_code", Shape(), {own}));
    TMC_ASSIGN(const ValueId is_it, context.append(along + "_is_it", ops::Equal{}, {code, number}));
    if (i + 1 == sets.size()) return context.finish(ops::Where{}, {is_it, result, chosen});
    TMC_ASSIGN(chosen, context.append(along + "_chosen", ops::Where{}, {is_it, result, chosen}));
  }
  return {};
}

}  // namespace tmc::frontend::onnx_format
