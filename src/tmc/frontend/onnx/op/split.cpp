// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using Ints = std::vector<int64_t>;

// The extents that the file declares for the outputs.
Result<std::optional<Ints>> declared_parts(ImportContext& context, int axis) {
  Ints parts;
  for (size_t i = 0; i < context.output_count(); ++i) {
    TMC_ASSIGN(const Shape part, declared_shape(context, 1, "split", i));
    parts.push_back(axis < part.rank() ? part[axis] : -1);
  }
  return std::optional<Ints>(std::move(parts));
}

// The extents of the parts: stated, or equal but for the last.
Result<Ints> read_parts(ImportContext& context, int axis, int64_t extent) {
  const bool is_declared = context.opset() >= 13 && context.is_at_run_time(1);
  TMC_ASSIGN(const auto given, is_declared ? declared_parts(context, axis) : context.ints_of("split", 1, 13));
  Ints parts = given.value_or(Ints());
  if (!given) {
    const auto count = static_cast<int64_t>(context.output_count());
    const int64_t part = (extent + count - 1) / count;
    parts.assign(static_cast<size_t>(count), part);
    parts.back() = extent - part * (count - 1);
  }
  const bool negative = std::ranges::any_of(parts, [&](int64_t part) { return part < 0 || part > extent; });
  if (negative || parts.size() != context.output_count() ||
      std::accumulate(parts.begin(), parts.end(), int64_t{0}) != extent) {
    return error(Error::kMalformed, "its parts [{}] do not make up extent {}", fmt::join(parts, ", "), extent);
  }
  return parts;
}

}  // namespace

Status import_split(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", 0));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
  TMC_ASSIGN(const Ints parts, read_parts(context, axis, shape[axis]));
  int64_t begin = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    ops::Slice slice = ops::Slice::whole(shape);
    slice.read(axis, begin, parts[i]);
    TMC_TRY(import_moved(context, i, std::move(slice), {0}));
    begin += parts[i];
  }
  return {};
}

}  // namespace tmc::frontend::onnx_format
