// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/ops/op/slice.hpp"
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

}  // namespace

Status import_slice(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
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
