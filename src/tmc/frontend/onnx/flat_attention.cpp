// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/flat_attention.hpp"

#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

Result<ValueId> heads_apart(ImportContext& context, ValueId value, int64_t heads, const std::string& suffix) {
  const Shape shape = context.type(value).shape;
  if (shape.rank() != 3 || heads < 1 || shape[2] % heads != 0) {
    return error(Error::kMalformed, "'{}' does not split into {} heads", context.graph().value(value).name, heads);
  }
  TMC_ASSIGN(value,
             context.append(suffix + "_split", ops::Reshape{{shape[0], shape[1], heads, shape[2] / heads}}, {value}));
  return context.append(suffix, ops::Transpose{{0, 2, 1, 3}}, {value});
}

Result<ValueId> heads_together(ImportContext& context, ValueId value, const std::string& suffix) {
  TMC_ASSIGN(value, context.append(suffix + "_rows", ops::Transpose{{0, 2, 1, 3}}, {value}));
  const Shape shape = context.type(value).shape;
  return context.append(suffix, ops::Reshape{{shape[0], shape[1], shape[2] * shape[3]}}, {value});
}

namespace {

// Which input holds what came before keys or values, with heads apart, and which output gives both.
struct PastHeads {
  size_t past, present;
  int64_t heads;
  std::string suffix;
};

// `past_length` is set where there is a past.
Result<ValueId> with_past_heads(ImportContext& context, ValueId given, const PastHeads& heads, int64_t& past_length) {
  TMC_ASSIGN(const ValueId past, context.optional_input(heads.past));
  const bool is_apart = context.type(given).shape.rank() == 4;
  if (!is_apart && past == ValueId::kNone && !context.has_output(heads.present)) return given;
  ValueId apart = given;
  if (!is_apart) {
    TMC_ASSIGN(apart, heads_apart(context, given, heads.heads, heads.suffix));
  }
  if (past != ValueId::kNone) {
    if (context.type(past).shape.rank() != 4) {
      return error(Error::kMalformed, "its input {} has not rank 4", heads.past);
    }
    past_length = context.type(past).shape[2];
    TMC_ASSIGN(apart, context.append(heads.suffix + "_with_past", ops::Concat{.axis = 2}, {past, apart}));
  }
  TMC_TRY(finish_copy(context, heads.present, apart));
  if (!is_apart && past == ValueId::kNone) return given;
  return heads_together(context, apart, heads.suffix + "_flat");
}

}  // namespace

Result<int64_t> put_past_before(ImportContext& context, size_t past, int64_t heads, ValueId& key, ValueId& value) {
  int64_t length = 0;
  TMC_ASSIGN(key, with_past_heads(context, key, {past, kPresentKey, heads, "_key"}, length));
  TMC_ASSIGN(value, with_past_heads(context, value, {past + 1, kPresentValue, heads, "_value"}, length));
  return length;
}

Result<ops::Attention> microsoft_attention(ImportContext& context) {
  const Attributes attributes = context.attributes();
  ops::Attention op;
  TMC_ASSIGN(op.heads, attributes.small_integer("num_heads", 0));
  op.kv_heads = op.heads;
  TMC_ASSIGN(op.scale, attributes.real("scale", 0));
  TMC_ASSIGN(const int64_t unidirectional, attributes.integer("unidirectional", 0));
  op.causal = unidirectional != 0;
  return op;
}

Status finish_attention(ImportContext& context, const ops::Attention& op, std::vector<ValueId> operands, ValueId mask) {
  if (mask != ValueId::kNone) operands.push_back(mask);
  return context.finish(op, std::move(operands));
}

Result<bool> is_flat_attention(ImportContext& context) {
  if (context.has_input(kLengths) || context.has_output(kProducts)) return false;
  TMC_ASSIGN(const ValueId query, context.input(kQuery));
  TMC_ASSIGN(const ValueId key, context.input(kKey));
  TMC_ASSIGN(const ValueId value, context.input(kValue));
  const int rank = context.type(query).shape.rank();
  for (const ValueId id : {query, key, value}) {
    const ops::TensorType& type = context.type(id);
    if (type.dtype != DType::kF32 || type.shape.rank() != rank || (rank != 3 && rank != 4)) return false;
  }
  TMC_ASSIGN(const ValueId mask, context.optional_input(kMask));
  if (mask == ValueId::kNone) return true;
  TMC_ASSIGN(const ValueId past, context.optional_input(kPastKey));
  const int64_t before =
      past == ValueId::kNone || context.type(past).shape.rank() != 4 ? 0 : context.type(past).shape[2];
  const ops::TensorType& type = context.type(mask);
  const int64_t keys = before + context.type(key).shape.back(1);
  const bool is_known = type.dtype == DType::kBool || type.dtype == DType::kF32;
  return is_known && type.shape.rank() >= 1 && type.shape.rank() <= 4 && type.shape.back() == keys;
}

Status import_flat_attention(ImportContext& context, ops::Attention op) {
  TMC_ASSIGN(ValueId query, context.input(kQuery));
  const Shape shape = context.type(query).shape;
  const bool is_apart = shape.rank() == 4;
  if (is_apart) {
    op.heads = static_cast<int32_t>(shape[1]);
    TMC_ASSIGN(const Shape keys, context.shape_of(kKey));
    op.kv_heads = static_cast<int32_t>(keys[1]);
    TMC_ASSIGN(query, heads_together(context, query, "_query_flat"));
  }
  TMC_ASSIGN(ValueId key, context.input(kKey));
  TMC_ASSIGN(ValueId value, context.input(kValue));
  TMC_ASSIGN(op.position, put_past_before(context, kPastKey, op.kv_heads, key, value));
  TMC_ASSIGN(const ValueId mask, context.optional_input(kMask));
  if (!is_apart) return finish_attention(context, op, {query, key, value}, mask);
  std::vector<ValueId> inputs = {query, key, value};
  if (mask != ValueId::kNone) inputs.push_back(mask);
  TMC_ASSIGN(const ValueId rows, context.append("_flat", op, inputs));
  const int64_t width = context.type(rows).shape[2];
  TMC_ASSIGN(const ValueId split,
             context.append("_split", ops::Reshape{{shape[0], shape[2], shape[1], width / shape[1]}}, {rows}));
  return context.finish(ops::Transpose{{0, 2, 1, 3}}, {split});
}

}  // namespace tmc::frontend::onnx_format
