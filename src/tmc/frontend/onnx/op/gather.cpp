// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gather.hpp"
#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/onnx/index_map.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// Indices along one axis, counted from its end where negative.
Status normalize(std::vector<int64_t>& indices, int64_t extent) {
  for (int64_t& index : indices) {
    if (index < 0) index += extent;
    if (index < 0 || index >= extent) return error(Error::kMalformed, "index {} is outside extent {}", index, extent);
  }
  return {};
}

// One index along the axis.
ops::Slice slice_of(const Shape& shape, int axis, int64_t index) {
  ops::Slice slice = ops::Slice::whole(shape);
  slice.read(axis, index, 1);
  return slice;
}

}  // namespace

// Constant indices move elements; others are looked up at run time.
Status import_gather(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", 0));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
  TMC_TRY(context.tensor(1).status());
  if (!context.is_constant(1)) {
    TMC_ASSIGN(const ir::ValueId data, context.input(0));
    TMC_ASSIGN(const ir::ValueId indices, context.input(1));
    return context.finish(ops::Lookup{axis}, {data, indices});
  }
  TMC_ASSIGN(std::vector<int64_t> indices, context.constant_ints(1, "indices"));
  TMC_ASSIGN(const Shape index_shape, context.shape_of(1));
  TMC_TRY(normalize(indices, shape[axis]));
  std::vector<int64_t> extents = gathered_extents(shape, axis, index_shape);
  const auto count = std::ssize(indices);
  const ops::AnyOp op = count == 1 ? ops::AnyOp(slice_of(shape, axis, indices[0]))
                                   : ops::AnyOp(ops::Gather{{axis}, {count}, std::move(indices)});
  if (const Constant* constant = context.constant_if(0)) {
    TMC_ASSIGN(Constant result, moved_constant(context, op, {constant}));
    TMC_ASSIGN(result.type.shape, read_extents(extents));
    return context.finish_as(std::move(result));
  }
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  if (index_shape.rank() == 1) return context.finish(op, {input});
  TMC_ASSIGN(const ir::ValueId gathered, context.append(count == 1 ? "_slice" : "_gathered", op, {input}));
  return context.finish(ops::Reshape{std::move(extents)}, {gathered});
}

}  // namespace tmc::frontend::onnx_format
