// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/sequence.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cum_sum.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/where.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// One for each element; a number alone is that of all but the last, which may be smaller.
Result<std::vector<int64_t>> read_extents(ImportContext& context, int64_t extent) {
  std::vector<int64_t> parts = {1};
  bool is_number = true;
  if (context.has_input(1)) {
    TMC_ASSIGN(parts, context.constant_ints(1, "split"));
    TMC_ASSIGN(const Shape shape, context.shape_of(1));
    is_number = shape.rank() == 0;
  }
  if (is_number) {
    const int64_t size = parts.empty() ? 0 : parts[0];
    if (size < 1) return error(Error::kMalformed, "its split is {}", size);
    parts.clear();
    for (int64_t begin = 0; begin < extent; begin += std::min(size, extent - begin)) {
      parts.push_back(std::min(size, extent - begin));
    }
  }
  int64_t sum = 0;
  for (const int64_t part : parts) {
    if (part < 1 || part > extent - sum) {
      return error(Error::kUnsupportedShape, "a part of its split is {} of {}", part, extent)
          .with_hint("split into parts that have elements and make up the whole");
    }
    sum += part;
  }
  if (sum == extent) return parts;
  return error(Error::kMalformed, "its parts make up {} of {}", sum, extent);
}

// Part `index` of those whose extents `sizes` says at run time, in room for `most`, with zeros behind its last.
Result<ir::ValueId> bounded_part(ImportContext& context, ir::ValueId value, int axis, ir::ValueId sizes, int64_t index,
                                 int64_t most) {
  const std::string suffix = fmt::format("_part{}", index);
  const int rank = context.type(value).shape.rank();
  std::vector<int64_t> column(static_cast<size_t>(rank - axis), 1);
  column[0] = most;
  TMC_ASSIGN(const ir::ValueId ends, context.append(suffix + "_ends", ops::CumSum{.axis = 0}, {sizes}));
  TMC_ASSIGN(const ir::ValueId end, element_of(context, suffix + "_end", ends, index, 1));
  TMC_ASSIGN(const ir::ValueId size, element_of(context, suffix + "_size", sizes, index, 1));
  TMC_ASSIGN(const ir::ValueId begin, context.append(suffix + "_begin", ops::Sub{}, {end, size}));
  TMC_ASSIGN(const ir::ValueId numbers, append_numbers(context, suffix + "_numbers", most, 0, 1));
  TMC_ASSIGN(const ir::ValueId places, context.append(suffix + "_places", ops::Add{}, {numbers, begin}));
  TMC_ASSIGN(const ir::ValueId part, read_at(context, suffix + "_read", value, axis, places));
  TMC_ASSIGN(ir::ValueId counts, context.append(suffix + "_counts", ops::Less{}, {numbers, size}));
  TMC_ASSIGN(counts, context.append(suffix + "_column", ops::Reshape{column}, {counts}));
  const ir::ValueId zero = append_zero(context, context.type(value).dtype);
  return context.append(suffix, ops::Where{}, {counts, part, zero});
}

// How many parts there are is known, their extents are not: only of nothing, and within a bound.
Status split_at_run_time(ImportContext& context, const Shape& shape, int axis) {
  TMC_ASSIGN(const Shape parts, context.shape_of(1));
  if (parts.rank() != 1) {
    TMC_ASSIGN([[maybe_unused]] const auto refused, context.constant_ints(1, "split"));
  }
  const auto bound = context.bound_of(context.output_name());
  std::vector<FileTensor> elements(static_cast<size_t>(parts.elements()));
  for (size_t i = 0; i < elements.size(); ++i) {
    if (shape.elements() == 0) {
      TMC_ASSIGN(FileTensor * whole, context.tensor(0));
      elements[i].constant = *whole->constant;
    } else if (!bound) {
      elements[i].unknown = fmt::format("say how many a part has at most: --bound {}=N", context.output_name());
    } else {
      TMC_ASSIGN(const ir::ValueId value, context.input(0));
      TMC_ASSIGN(const ir::ValueId sizes, integers_of(context, 1, "split"));
      TMC_ASSIGN(elements[i].value, bounded_part(context, value, axis, sizes, static_cast<int64_t>(i), *bound));
    }
  }
  return context.finish_elements(std::move(elements));
}

}  // namespace

Status import_split_to_sequence(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", 0));
  TMC_ASSIGN(const int64_t keeps, context.attributes().integer("keepdims", 1));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
  if (context.is_at_run_time(1)) return split_at_run_time(context, shape, axis);
  TMC_ASSIGN(const ir::ValueId value, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> parts, read_extents(context, shape[axis]));
  std::vector<FileTensor> elements;
  int64_t begin = 0;
  for (const int64_t part : parts) {
    ops::Slice slice = ops::Slice::whole(shape);
    slice.read(axis, begin, part);
    begin += part;
    const std::string suffix = fmt::format("_part{}", elements.size());
    FileTensor& element = elements.emplace_back();
    TMC_ASSIGN(element.value, context.append(suffix, slice, {value}));
    if (keeps != 0 || context.has_input(1)) continue;
    std::vector<int64_t> extents(shape.begin(), shape.end());
    extents.erase(extents.begin() + axis);
    TMC_ASSIGN(element.value, context.append(suffix + "_row", ops::Reshape{extents}, {element.value}));
  }
  return context.finish_elements(std::move(elements));
}

}  // namespace tmc::frontend::onnx_format
