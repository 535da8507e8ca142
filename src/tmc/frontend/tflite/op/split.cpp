// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

// Parts of one size: one for each output.
Status import_split(ImportContext& context) {
  TMC_ASSIGN(const std::vector<int64_t> given, context.constant_ints(0, "axis"));
  TMC_ASSIGN(const ir::ValueId input, context.input(1));
  const Shape shape = context.type(input).shape;
  if (given.size() != 1) return error(Error::kMalformed, "it has {} axes, not 1", given.size());
  TMC_ASSIGN(const int axis, ops::normalize_axis(given[0], shape.rank()));
  const auto parts = static_cast<int64_t>(context.output_count());
  if (shape[axis] % parts != 0) {
    return error(Error::kMalformed, "its {} outputs do not divide the extent {} of axis {}", parts, shape[axis], axis);
  }
  const int64_t size = shape[axis] / parts;
  for (int64_t part = 0; part < parts; ++part) {
    ops::Slice slice = ops::Slice::whole(shape);
    slice.read(axis, part * size, size);
    TMC_TRY(context.finish_output(static_cast<size_t>(part), std::move(slice), {input}));
  }
  return {};
}

}  // namespace tmc::frontend::tflite
