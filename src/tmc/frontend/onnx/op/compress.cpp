// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/top_k.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// How many are kept is declared: those places come first when conditions are sorted, in their order.
Status compress_at_run_time(ImportContext& context, ir::ValueId input, int axis) {
  TMC_ASSIGN(const Shape declared, declared_shape(context, 1, "condition"));
  if (axis >= declared.rank()) return error(Error::kMalformed, "its declared shape has another rank");
  TMC_ASSIGN(const ir::ValueId condition, context.input(1));
  TMC_ASSIGN(const ir::ValueId numbers, context.append("_condition", ops::Cast{DType::kI32}, {condition}));
  TMC_ASSIGN(const ir::ValueId kept, context.append("_kept", ops::TopK{0, declared[axis], true}, {numbers}));
  return context.finish(ops::Lookup{axis}, {input, kept});
}

}  // namespace

Status import_compress(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  const bool is_flat = !context.attributes().has("axis");
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", 0));
  TMC_ASSIGN(const int axis, is_flat ? Result<int>(0) : ops::normalize_axis(given, shape.rank()));
  TMC_ASSIGN(ir::ValueId input, context.input(0));
  if (is_flat) {
    TMC_ASSIGN(input, reshaped(context, "_flat", input, Shape::of(shape.elements())));
  }
  if (context.is_at_run_time(1)) return compress_at_run_time(context, input, axis);
  TMC_ASSIGN(const Constant* condition, context.constant(1, "condition"));
  const std::vector<uint8_t> keeps = condition->data.to_vector<uint8_t>();
  if (condition->type.dtype != DType::kBool || std::ssize(keeps) > context.type(input).shape[axis]) {
    return error(Error::kMalformed, "its condition does not fit its input");
  }
  std::vector<int64_t> kept;
  for (size_t i = 0; i < keeps.size(); ++i) {
    if (keeps[i] != 0) kept.push_back(static_cast<int64_t>(i));
  }
  TMC_TRY(take_indices(context.budget(), std::ssize(kept)));
  ops::Gather op;
  op.read(axis, kept);
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::onnx_format
