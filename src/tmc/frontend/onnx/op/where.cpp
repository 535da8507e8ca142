// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/where.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// All three are constants: elements are picked of the two alternatives, one behind the other.
Status pick(ImportContext& context) {
  TMC_ASSIGN(const Constant* condition, context.constant(0, "condition"));
  TMC_ASSIGN(const Constant* if_true, context.constant(1, "first alternative"));
  TMC_ASSIGN(const Constant* if_false, context.constant(2, "second alternative"));
  const ops::TensorType* const types[] = {&condition->type, &if_true->type, &if_false->type};
  TMC_ASSIGN(const std::vector<ops::TensorType> inferred, ops::Where::infer({}, {types}));
  const Shape& out = inferred.front().shape;
  const int64_t behind = if_true->type.shape.elements();
  const ops::TensorType type{if_true->type.dtype, Shape::of(behind + if_false->type.shape.elements())};
  TMC_TRY(context.budget().take_computed(type));
  std::vector<std::byte> both(if_true->data.bytes().begin(), if_true->data.bytes().end());
  both.insert(both.end(), if_false->data.bytes().begin(), if_false->data.bytes().end());
  const Constant alternatives{type, ir::TensorData(std::move(both))};
  return import_picked(context, alternatives, out, [&](int64_t number) {
    const auto at = static_cast<size_t>(broadcast_number(condition->type.shape, out, number));
    if (condition->data.bytes()[at] != std::byte{0}) return broadcast_number(if_true->type.shape, out, number);
    return behind + broadcast_number(if_false->type.shape, out, number);
  });
}

}  // namespace

Status import_where(ImportContext& context) {
  if (context.all_constant()) return pick(context);
  TMC_ASSIGN(const ir::ValueId condition, context.input(0));
  TMC_ASSIGN(const ir::ValueId if_true, context.input(1));
  TMC_ASSIGN(const ir::ValueId if_false, context.input(2));
  return context.finish(ops::Where{}, {condition, if_true, if_false});
}

}  // namespace tmc::frontend::onnx_format
