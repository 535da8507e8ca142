// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/slice.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

// Size -1: all that is left of the axis.
Status import_slice(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(std::vector<int64_t> begins, context.constant_ints(1, "begins"));
  TMC_ASSIGN(std::vector<int64_t> sizes, context.constant_ints(2, "sizes"));
  const Shape& shape = context.type(input).shape;
  for (size_t axis = 0; axis < sizes.size() && axis < begins.size() && axis < static_cast<size_t>(shape.rank());
       ++axis) {
    const int64_t extent = shape[static_cast<int>(axis)];
    if (begins[axis] < 0 || begins[axis] > extent) return error(Error::kMalformed, "it begins at {}", begins[axis]);
    if (sizes[axis] == -1) sizes[axis] = extent - begins[axis];
  }
  std::vector<int64_t> steps(begins.size(), 1);
  return context.finish(ops::Slice{std::move(begins), std::move(sizes), std::move(steps)}, {input});
}

}  // namespace tmc::frontend::tflite
