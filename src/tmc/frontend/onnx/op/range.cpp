// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/onnx/bounded.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// How many numbers there are up to the limit, i64 [], of which the room holds no more.
Result<ir::ValueId> count_to_limit(ImportContext& context, ir::ValueId start, ir::ValueId step, int64_t places) {
  TMC_ASSIGN(ir::ValueId limit, context.input(1));
  TMC_ASSIGN(limit, reshaped(context, "_limit", limit, Shape()));
  TMC_ASSIGN(ir::ValueId distance, context.append("_distance", ops::Sub{}, {limit, start}));
  if (dtype_is_float(context.type(start).dtype)) {
    TMC_ASSIGN(distance, context.append("_steps", ops::Div{}, {distance, step}));
    TMC_ASSIGN(distance, context.append("_whole_steps", ops::Ceil{}, {distance}));
  } else {
    // Division cuts towards zero: the quotient is rounded up by what is a step short of the next.
    TMC_ASSIGN(const ir::ValueId sign, context.append("_sign", ops::Sign{}, {step}));
    TMC_ASSIGN(const ir::ValueId short_of, context.append("_short_of", ops::Sub{}, {step, sign}));
    TMC_ASSIGN(distance, context.append("_up", ops::Add{}, {distance, short_of}));
    TMC_ASSIGN(distance, context.append("_whole_steps", ops::Div{}, {distance, step}));
  }
  TMC_ASSIGN(distance, as_dtype(context, "_steps_i64", distance, DType::kI64));
  TMC_ASSIGN(const ir::ValueId none, append_integers(context, "_none", Shape(), {0}));
  TMC_ASSIGN(const ir::ValueId most, append_integers(context, "_most", Shape(), {places}));
  TMC_ASSIGN(distance, context.append("_not_negative", ops::Max{}, {distance, none}));
  return context.append("_in_room", ops::Min{}, {distance, most});
}

// Of numbers that are known at run time.
Status import_range_at_run_time(ImportContext& context, size_t operand) {
  TMC_ASSIGN(const Room room, room_of(context, operand, "limit", 0));
  TMC_ASSIGN(ir::ValueId start, context.input(0));
  TMC_ASSIGN(ir::ValueId step, context.input(2));
  TMC_ASSIGN(start, reshaped(context, "_start", start, Shape()));
  TMC_ASSIGN(step, reshaped(context, "_step", step, Shape()));
  TMC_ASSIGN(ir::ValueId numbers, append_numbers(context, "_numbers", room.places, 0, 1));
  TMC_ASSIGN(numbers, as_dtype(context, "_numbers_cast", numbers, context.type(start).dtype));
  TMC_ASSIGN(const ir::ValueId distances, context.append("_distances", ops::Mul{}, {numbers, step}));
  if (!room.is_bound) return context.finish(ops::Add{}, {distances, start});
  TMC_ASSIGN(const ir::ValueId all, context.append("_all", ops::Add{}, {distances, start}));
  TMC_ASSIGN(const ir::ValueId count, count_to_limit(context, start, step, room.places));
  TMC_ASSIGN(const ir::ValueId counts, first_places(context, "_counts", count, room.places));
  TMC_ASSIGN(const ir::ValueId filled, filled_behind(context, "_filled", all, 0, counts, 0));
  TMC_TRY(context.finish_count(0, count));
  return finish_copy(context, 0, filled);
}

}  // namespace

// Constant numbers are computed here.
Status import_range(ImportContext& context) {
  for (size_t i = 0; i < 3; ++i) {
    if (context.is_at_run_time(i)) return import_range_at_run_time(context, i);
  }
  double limits[3];
  DType dtype = DType::kF32;
  for (size_t i = 0; i < 3; ++i) {
    TMC_ASSIGN(const Constant* limit, context.constant(i, "limit"));
    if (limit->type.shape.elements() != 1) return error(Error::kMalformed, "its limits are no scalars");
    dtype = limit->type.dtype;
    limits[i] = load_element(dtype, limit->data.bytes().data());
  }
  const auto& [start, end, step] = limits;
  const double count = std::max(0.0, std::ceil((end - start) / step));
  constexpr double kMostElements = 1e6;
  if (!(count <= kMostElements)) return error(Error::kUnsupportedShape, "it asks for {} elements", count);
  TMC_TRY(context.budget().take_computed({DType::kF64, Shape::of(static_cast<int64_t>(count))}));
  std::vector<double> values;
  for (int64_t i = 0; i < static_cast<int64_t>(count); ++i) values.push_back(start + static_cast<double>(i) * step);
  const Constant exact{{DType::kF64, Shape::of(values.size())}, ir::TensorData::of(std::span<const double>(values))};
  TMC_ASSIGN(Constant range, map_constant(context.budget(), exact, dtype, [](double value) { return value; }));
  return context.finish_as(std::move(range));
}

}  // namespace tmc::frontend::onnx_format
