// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/unrolled.hpp"

#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

Result<ValueId> append_element(ImportContext& context, ValueId sequence, int axis, int64_t index,
                               const std::string& suffix) {
  const Shape shape = context.type(sequence).shape;
  ops::Slice slice = ops::Slice::whole(shape);
  slice.read(axis, index, 1);
  TMC_ASSIGN(const ValueId part, context.append(suffix + "_part", slice, {sequence}));
  std::vector<int64_t> extents(shape.begin(), shape.end());
  extents.erase(extents.begin() + axis);
  return context.append(suffix, ops::Reshape{extents}, {part});
}

Status finish_sequence(ImportContext& context, size_t index, std::vector<FileTensor> elements, int64_t axis) {
  if (!context.has_output(index)) return {};
  if (elements.empty()) return error(Error::kUnsupportedShape, "output {} has no elements, since it never runs", index);
  std::vector<ValueId> parts;
  for (FileTensor& element : elements) {
    TMC_ASSIGN(ValueId part, context.value_of(element));
    const Shape shape = context.type(part).shape;
    TMC_ASSIGN(const int at, ops::normalize_axis(axis, shape.rank() + 1));
    std::vector<int64_t> extents(shape.begin(), shape.end());
    extents.insert(extents.begin() + at, 1);
    TMC_ASSIGN(part, context.append(fmt::format("_out{}_{}", index, parts.size()), ops::Reshape{extents}, {part}));
    parts.push_back(part);
  }
  TMC_ASSIGN(const int at, ops::normalize_axis(axis, context.type(parts[0]).shape.rank()));
  return context.finish_output(index, ops::Concat{.axis = at}, parts);
}

}  // namespace tmc::frontend::onnx_format
