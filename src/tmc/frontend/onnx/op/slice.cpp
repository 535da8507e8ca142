// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/where.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// `begin` and `end` count from the end where negative, and may lie outside by any amount.
Status cut(ops::Slice& slice, int axis, int64_t begin, int64_t end, int64_t step, int64_t extent) {
  if (step == 0 || step == std::numeric_limits<int64_t>::min()) {
    return error(Error::kMalformed, "it has the step {}", step);
  }
  const auto from_start = [&](int64_t index) { return index < 0 ? index + extent : index; };
  const int64_t first = std::clamp<int64_t>(from_start(begin), 0, step < 0 ? extent - 1 : extent);
  const int64_t last = std::clamp<int64_t>(from_start(end), step < 0 ? -1 : 0, step < 0 ? extent - 1 : extent);
  const int64_t reach = step < 0 ? first - last : last - first;
  slice.read(axis, first, reach > 0 ? (reach - 1) / std::abs(step) + 1 : 0, step);
  return {};
}

// The first of the operands that is computed at run time; 0 where none is.
size_t operand_at_run_time(ImportContext& context) {
  for (size_t i = 1; i <= 4; ++i) {
    if (context.opset() >= 10 && context.is_at_run_time(i)) return i;
  }
  return 0;
}

// Where an axis begins: counted from its end where it is negative, and within it.
Result<ir::ValueId> begin_of(ImportContext& context, const std::string& axis, ir::ValueId start, int64_t extent) {
  TMC_ASSIGN(const ir::ValueId whole, append_integers(context, axis + "_extent", Shape(), {extent}));
  TMC_ASSIGN(const ir::ValueId last, append_integers(context, axis + "_last", Shape(), {extent - 1}));
  TMC_ASSIGN(const ir::ValueId zero, append_integers(context, axis + "_zero", Shape(), {0}));
  TMC_ASSIGN(const ir::ValueId from_end, context.append(axis + "_from_end", ops::Add{}, {start, whole}));
  TMC_ASSIGN(const ir::ValueId is_negative, context.append(axis + "_is_negative", ops::Less{}, {start, zero}));
  TMC_ASSIGN(ir::ValueId begin, context.append(axis + "_begin", ops::Where{}, {is_negative, from_end, start}));
  TMC_ASSIGN(begin, context.append(axis + "_begin_low", ops::Max{}, {begin, zero}));
  return context.append(axis + "_begin_high", ops::Min{}, {begin, last});
}

// How much is read is declared; where it begins, and in which steps, is known at run time.
Status import_slice_at_run_time(ImportContext& context, size_t operand, const Shape& shape) {
  static constexpr const char* kNames[] = {"", "starts", "ends", "axes", "steps"};
  TMC_ASSIGN(const Shape declared, declared_shape(context, operand, kNames[operand]));
  if (declared.rank() != shape.rank()) return error(Error::kMalformed, "its declared shape has another rank");
  TMC_ASSIGN(const ir::ValueId starts, integers_of(context, 1, "starts"));
  const auto count = static_cast<size_t>(context.type(starts).shape.elements());
  TMC_ASSIGN(const ir::ValueId begins, by_axis(context, "_starts", starts, 3, shape.rank(), 0));
  ir::ValueId steps = ir::ValueId::kNone;
  if (context.has_input(4)) {
    TMC_ASSIGN(steps, integers_of(context, 4, "steps"));
    TMC_ASSIGN(steps, by_axis(context, "_steps", steps, 3, shape.rank(), 1));
  }
  TMC_ASSIGN(ir::ValueId value, context.input(0));
  TMC_ASSIGN(const std::vector<int> axes, possible_axes(context, 3, count, shape.rank()));
  for (const int axis : axes) {
    // All of an axis, in steps of one, begins at its beginning.
    if (declared[axis] == shape[axis] && steps == ir::ValueId::kNone) continue;
    if (declared[axis] > shape[axis]) return error(Error::kMalformed, "its declared shape is larger than its input's");
    const std::string suffix = fmt::format("_axis{}", axis);
    TMC_ASSIGN(ir::ValueId begin, element_of(context, suffix + "_start", begins, axis, 1));
    TMC_ASSIGN(begin, begin_of(context, suffix, begin, shape[axis]));
    TMC_ASSIGN(ir::ValueId indices, append_numbers(context, suffix + "_numbers", declared[axis], 0, 1));
    if (steps != ir::ValueId::kNone) {
      TMC_ASSIGN(const ir::ValueId step, element_of(context, suffix + "_step", steps, axis, 1));
      TMC_ASSIGN(indices, context.append(suffix + "_distances", ops::Mul{}, {indices, step}));
    }
    TMC_ASSIGN(indices, context.append(suffix + "_indices", ops::Add{}, {indices, begin}));
    TMC_ASSIGN(value, read_at(context, suffix + "_part", value, axis, indices));
  }
  return context.finish_as(value);
}

}  // namespace

Status import_slice(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  if (const size_t operand = operand_at_run_time(context); operand != 0) {
    return import_slice_at_run_time(context, operand, shape);
  }
  TMC_ASSIGN(const auto begins, context.ints_of("starts", 1, 10));
  TMC_ASSIGN(const auto ends, context.ints_of("ends", 2, 10));
  TMC_ASSIGN(auto axes, context.ints_of("axes", 3, 10));
  TMC_ASSIGN(auto steps, context.ints_of("steps", 4, 10));
  if (!begins || !ends) return error(Error::kMalformed, "its starts or ends are missing");
  if (!axes) {
    axes.emplace(begins->size());
    std::iota(axes->begin(), axes->end(), 0);
  }
  if (!steps) steps.emplace(begins->size(), 1);
  if (ends->size() != begins->size() || axes->size() != begins->size() || steps->size() != begins->size()) {
    return error(Error::kMalformed, "its starts, ends, axes and steps differ in number");
  }
  ops::Slice slice = ops::Slice::whole(shape);
  for (size_t i = 0; i < axes->size(); ++i) {
    TMC_ASSIGN(const int axis, ops::normalize_axis((*axes)[i], shape.rank()));
    TMC_TRY(cut(slice, axis, (*begins)[i], (*ends)[i], (*steps)[i], shape[axis]));
  }
  return import_moved(context, std::move(slice));
}

}  // namespace tmc::frontend::onnx_format
