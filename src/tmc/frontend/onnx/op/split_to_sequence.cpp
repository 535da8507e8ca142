// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "tmc/frontend/onnx/sequence.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
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

}  // namespace

Status import_split_to_sequence(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId value, context.input(0));
  const Shape shape = context.type(value).shape;
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", 0));
  TMC_ASSIGN(const int64_t keeps, context.attributes().integer("keepdims", 1));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
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
