// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/attention_masks.hpp"

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

namespace {

// True where a key may be seen.
Result<ValueId> visible_keys(ImportContext& context, ValueId given, const AttentionExtents& extents) {
  const Shape shape = context.type(given).shape;
  if (shape == Shape::of(extents.batch)) {
    TMC_ASSIGN(const ValueId lengths, context.append("_lengths", ops::Reshape{{extents.batch, 1, 1, 1}}, {given}));
    TMC_ASSIGN(const ValueId places, append_counted(context, "_places", {DType::kI32, Shape::of(extents.keys)}));
    return context.append("_within", ops::Less{}, {places, lengths});
  }
  const bool is_of_keys = shape == Shape::of(extents.batch, extents.keys);
  if (!is_of_keys && shape != Shape::of(extents.batch, extents.queries, extents.keys)) {
    return error(Error::kUnsupportedOp, "its mask has the shape {}", fmt::join(shape, "x"))
        .with_hint("give a mask of [batch], [batch, keys] or [batch, queries, keys]");
  }
  const int64_t queries = is_of_keys ? 1 : extents.queries;
  TMC_ASSIGN(const ValueId apart,
             context.append("_mask", ops::Reshape{{extents.batch, 1, queries, extents.keys}}, {given}));
  return context.append("_seen", ops::Greater{}, {apart, append_zero(context, DType::kI32)});
}

}  // namespace

Result<ValueId> integer_mask(ImportContext& context, size_t input, const AttentionExtents& extents) {
  TMC_ASSIGN(const ValueId given, context.optional_input(input));
  if (given == ValueId::kNone) return given;
  if (context.type(given).dtype != DType::kI32) return error(Error::kMalformed, "its mask is not of int32");
  TMC_ASSIGN(const double filter, context.attributes().real("mask_filter_value", -10000));
  TMC_ASSIGN(const ValueId seen, visible_keys(context, given, extents));
  const ValueId nothing = context.append_scalar("_nothing", 0);
  const ValueId hidden = context.append_scalar("_filter", static_cast<float>(filter));
  return context.append("_bias", ops::Where{}, {seen, nothing, hidden});
}

Result<ValueId> with_bias(ImportContext& context, ValueId mask, size_t input) {
  TMC_ASSIGN(const ValueId bias, context.optional_input(input));
  if (bias == ValueId::kNone || mask == ValueId::kNone) return bias == ValueId::kNone ? mask : bias;
  return context.append("_both", ops::Add{}, {mask, bias});
}

Result<ValueId> part_of(ImportContext& context, const std::string& suffix, ValueId value, int axis, int64_t begin,
                        int64_t size) {
  const Shape shape = context.type(value).shape;
  if (axis >= shape.rank() || size < 1 || begin + size > shape[axis]) {
    return error(Error::kMalformed, "'{}' has the shape {}", context.graph().value(value).name, fmt::join(shape, "x"));
  }
  ops::Slice slice = ops::Slice::whole(shape);
  slice.read(axis, begin, size);
  return context.append(suffix, slice, {value});
}

Status refuse_input(ImportContext& context, size_t input, const char* name, const char* hint) {
  if (!context.has_input(input)) return {};
  return error(Error::kUnsupportedOp, "it has an input {}", name).with_hint(hint);
}

}  // namespace tmc::frontend::onnx_format
