// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

// Puts an update in place of a part that begins at known indices.
class Replacement {
 public:
  Replacement(ImportContext& context, ValueId update, std::vector<int64_t> begins)
      : context_(context), update_(update), begins_(std::move(begins)) {}

  // `into`, whose axes before `axis` are as the update's, with the update in it.
  Result<ValueId> put(ValueId into, int axis) {
    const Shape shape = context_.type(into).shape;
    const Shape part = context_.type(update_).shape;
    while (axis < shape.rank() && shape[axis] == part[axis]) ++axis;
    if (axis == shape.rank()) return update_;
    const int64_t begin = begins_[static_cast<size_t>(axis)];
    const int64_t end = begin + part[axis];
    TMC_ASSIGN(const ValueId slab, cut(into, axis, begin, end));
    std::vector<ValueId> all;
    if (begin > 0) {
      TMC_ASSIGN(all.emplace_back(), cut(into, axis, 0, begin));
    }
    TMC_ASSIGN(all.emplace_back(), put(slab, axis + 1));
    if (end < shape[axis]) {
      TMC_ASSIGN(all.emplace_back(), cut(into, axis, end, shape[axis]));
    }
    return context_.append(fmt::format("_axis{}", axis), ops::Concat{.axis = axis}, all,
                           context_.quantization(update_));
  }

 private:
  Result<ValueId> cut(ValueId from, int axis, int64_t begin, int64_t end) {
    ops::Slice slice = ops::Slice::whole(context_.type(from).shape);
    slice.read(axis, begin, end - begin);
    return context_.append(fmt::format("_axis{}_from{}", axis, begin), std::move(slice), {from},
                           context_.quantization(from));
  }

  ImportContext& context_;
  ValueId update_;
  std::vector<int64_t> begins_;
};

}  // namespace

Status import_dynamic_update_slice(ImportContext& context) {
  TMC_ASSIGN(const ValueId operand, context.input(0));
  TMC_ASSIGN(const ValueId update, context.input(1));
  TMC_ASSIGN(std::vector<int64_t> begins, context.constant_ints(2, "start indices"));
  const Shape shape = context.type(operand).shape;
  const Shape& part = context.type(update).shape;
  if (part.rank() != shape.rank() || std::ssize(begins) != shape.rank()) {
    return error(Error::kMalformed, "its operand has rank {}, its update {}, and {} start indices", shape.rank(),
                 part.rank(), begins.size());
  }
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (part[axis] > shape[axis]) {
      return error(Error::kMalformed, "its update is larger than its operand along axis {}", axis);
    }
    int64_t& begin = begins[static_cast<size_t>(axis)];
    begin = std::clamp<int64_t>(begin, 0, shape[axis] - part[axis]);
  }
  TMC_ASSIGN(const ValueId replaced, Replacement(context, update, std::move(begins)).put(operand, 0));
  return context.finish(ops::Reshape{{shape.begin(), shape.end()}}, {replaced});
}

}  // namespace tmc::frontend::tflite
