// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/normalization.hpp"

#include <algorithm>

#include "tmc/frontend/onnx/composite.hpp"
#include "tmc/ops/op/layer_norm.hpp"
#include "tmc/ops/op/rms_norm.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

ops::AnyOp normalization_op(bool centred, int32_t axis, double epsilon) {
  if (centred) return ops::LayerNorm{.axis = axis, .epsilon = epsilon};
  return ops::RmsNorm{.axis = axis, .epsilon = epsilon};
}

namespace {

bool covers(ImportContext& context, const ops::AnyOp& op, const std::vector<ValueId>& inputs) {
  std::vector<const ops::TensorType*> types;
  for (const ValueId input : inputs) types.push_back(input == ValueId::kNone ? nullptr : &context.type(input));
  const bool is_float =
      std::ranges::all_of(types, [](const auto* type) { return type == nullptr || type->dtype == DType::kF32; });
  for (size_t i = 1; i < context.output_count(); ++i) {
    if (context.has_output(i)) return false;
  }
  return is_float && op.info().infer(op.attributes(), {types}).ok();
}

}  // namespace

Status import_normalization(ImportContext& context, bool centred) {
  TMC_ASSIGN(const int32_t axis, context.attributes().small_integer("axis", -1));
  TMC_ASSIGN(const double epsilon, context.attributes().real("epsilon", 1e-5));
  const ops::AnyOp op = normalization_op(centred, axis, epsilon);
  std::vector<ValueId> inputs(1);
  TMC_ASSIGN(inputs[0], context.input(0));
  TMC_ASSIGN(inputs.emplace_back(), context.input(1));
  if (centred && context.has_input(2)) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(2));
  }
  return covers(context, op, inputs) ? context.finish(op, inputs) : import_composite(context);
}

}  // namespace tmc::frontend::onnx_format
