// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

// Parts of the sizes that the second input says, of which one may be -1: what the others leave.
Status import_split_v(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(std::vector<int64_t> sizes, context.constant_ints(1, "sizes"));
  TMC_ASSIGN(const std::vector<int64_t> axes, context.constant_ints(2, "axis"));
  const Shape shape = context.type(input).shape;
  if (axes.size() != 1) return error(Error::kMalformed, "it has {} axes, not 1", axes.size());
  TMC_ASSIGN(const int axis, ops::normalize_axis(axes[0], shape.rank()));
  if (sizes.size() != context.output_count()) {
    return error(Error::kMalformed, "it has {} sizes for {} outputs", sizes.size(), context.output_count());
  }
  // The open one is what the others leave.
  const auto open = std::ranges::find(sizes, -1);
  if (open != sizes.end()) *open = 0;
  const auto is_out = [&](int64_t size) { return size < 0 || size > shape[axis]; };
  const bool fits = std::ranges::none_of(sizes, is_out);
  const int64_t rest = fits ? shape[axis] - std::accumulate(sizes.begin(), sizes.end(), int64_t{0}) : -1;
  if (open != sizes.end()) *open = rest;
  if (rest < 0 || (open == sizes.end() && rest > 0)) {
    return error(Error::kMalformed, "its sizes do not add up to the extent {} of axis {}", shape[axis], axis);
  }
  int64_t begin = 0;
  for (size_t part = 0; part < sizes.size(); ++part) {
    ops::Slice slice = ops::Slice::whole(shape);
    slice.read(axis, begin, sizes[part]);
    begin += sizes[part];
    TMC_TRY(context.finish_output(part, std::move(slice), {input}));
  }
  return {};
}

}  // namespace tmc::frontend::tflite
