// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/concat.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// Joins constants: every input in turn gives the elements behind its part of the axis.
Status concat_constants(ImportContext& context, const ops::Concat& op) {
  std::vector<const Constant*> parts;
  std::vector<const ops::TensorType*> types;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(const Constant* part, context.constant(i, "part"));
    parts.push_back(part);
    types.push_back(&part->type);
  }
  TMC_ASSIGN(const std::vector<ops::TensorType> inferred, ops::Concat::infer(op, {types}));
  const ops::TensorType& type = inferred.front();
  const auto axis = op.axis < 0 ? op.axis + type.shape.rank() : op.axis;
  TMC_TRY(context.budget().take_computed(type));
  std::vector<std::byte> bytes;
  for (int64_t row = 0; row < type.shape.elements(0, axis); ++row) {
    for (const Constant* part : parts) {
      const int64_t elements = part->type.shape.elements(axis, type.shape.rank());
      const size_t row_bytes = static_cast<size_t>(elements) * dtype_bytes(type.dtype);
      const auto from = part->data.bytes().subspan(static_cast<size_t>(row) * row_bytes, row_bytes);
      bytes.insert(bytes.end(), from.begin(), from.end());
    }
  }
  return context.finish_as(Constant{type, ir::TensorData(std::move(bytes))});
}

}  // namespace

Status import_concat(ImportContext& context) {
  TMC_ASSIGN(const int32_t axis, context.attributes().small_integer("axis", 0));
  const ops::Concat op{.axis = axis};
  if (context.all_constant()) return concat_constants(context, op);
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    const Constant* constant = context.constant_if(i);
    if (constant != nullptr && constant->type.shape.elements() == 0) continue;
    TMC_ASSIGN(const ir::ValueId input, context.input(i));
    inputs.push_back(input);
  }
  return context.finish(op, std::move(inputs));
}

}  // namespace tmc::frontend::onnx_format
