// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// Of numbers that are known at run time; how many there are is declared.
Status import_range_at_run_time(ImportContext& context, size_t operand) {
  TMC_ASSIGN(const Shape declared, declared_shape(context, operand, "limit"));
  if (declared.rank() != 1) return error(Error::kMalformed, "its declared shape is no vector");
  TMC_ASSIGN(ir::ValueId start, context.input(0));
  TMC_ASSIGN(ir::ValueId step, context.input(2));
  TMC_ASSIGN(start, reshaped(context, "_start", start, Shape()));
  TMC_ASSIGN(step, reshaped(context, "_step", step, Shape()));
  TMC_ASSIGN(ir::ValueId numbers, append_numbers(context, "_numbers", declared[0], 0, 1));
  TMC_ASSIGN(numbers, as_dtype(context, "_numbers_cast", numbers, context.type(start).dtype));
  TMC_ASSIGN(const ir::ValueId distances, context.append("_distances", ops::Mul{}, {numbers, step}));
  return context.finish(ops::Add{}, {distances, start});
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
