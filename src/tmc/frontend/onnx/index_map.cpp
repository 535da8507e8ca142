// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/index_map.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// The value of an attribute, of the type that it has now.
Status read(ImportContext& context, const ops::Source& source, ops::NamedValue& field) {
  const char* const name = source.onnx != nullptr ? source.onnx : field.name.c_str();
  const Attributes attributes = context.attributes();
  if (source.onnx_input >= 0) {
    TMC_ASSIGN(field.value, context.constant_ints(static_cast<size_t>(source.onnx_input), name));
  } else if (const auto* integer = std::get_if<int64_t>(&field.value)) {
    TMC_ASSIGN(field.value, attributes.integer(name, *integer));
  } else if (const auto* integers = std::get_if<std::vector<int64_t>>(&field.value)) {
    TMC_ASSIGN(field.value, attributes.integers(name, *integers));
  } else if (const auto* real = std::get_if<double>(&field.value)) {
    TMC_ASSIGN(field.value, attributes.real(name, *real));
  } else if (const auto* truth = std::get_if<bool>(&field.value)) {
    TMC_ASSIGN(const int64_t number, attributes.integer(name, *truth ? 1 : 0));
    field.value = number != 0;
  } else if (const auto* text = std::get_if<std::string>(&field.value)) {
    TMC_ASSIGN(field.value, attributes.text(name, *text));
  }
  return {};
}

Result<ops::AnyOp> read_op(ImportContext& context, const ops::OpInfo& info) {
  const auto defaults = info.make_default();
  std::vector<ops::NamedValue> fields = info.get_fields(defaults.get());
  const std::vector<ops::Source> sources = info.index_map->sources();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == "layout") {
      fields[i].value = std::string(to_string(ops::Layout::kNchw));
    } else {
      TMC_TRY(read(context, sources[i], fields[i]));
    }
  }
  TMC_ASSIGN(auto attributes, info.with_fields(defaults.get(), fields));
  return ops::AnyOp(info, std::move(attributes));
}

}  // namespace

Result<Constant> moved_constant(ImportContext& context, const ops::AnyOp& op,
                                const std::vector<const Constant*>& operands) {
  std::vector<const ops::TensorType*> types;
  std::vector<std::span<const std::byte>> inputs;
  for (const Constant* operand : operands) {
    types.push_back(&operand->type);
    inputs.push_back(operand->data.bytes());
  }
  TMC_ASSIGN(const ops::IndexMap map, op.info().index_map->map(op.attributes(), {types}));
  const ops::TensorType type{types[0]->dtype, map.shape};
  TMC_TRY(context.budget().take_computed(type));
  return Constant{type, ir::TensorData(ops::moved(map, inputs, dtype_bytes(type.dtype)))};
}

Status import_moved(ImportContext& context, size_t index, const ops::AnyOp& op, const std::vector<size_t>& operands) {
  std::vector<const Constant*> constants;
  for (const size_t operand : operands) {
    if (const Constant* constant = context.constant_if(operand)) constants.push_back(constant);
  }
  if (constants.size() == operands.size()) {
    TMC_ASSIGN(Constant result, moved_constant(context, op, constants));
    return context.finish_output_as(index, std::move(result));
  }
  std::vector<ir::ValueId> inputs;
  std::vector<const ops::TensorType*> types;
  for (const size_t operand : operands) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(operand));
  }
  for (const ir::ValueId input : inputs) types.push_back(&context.type(input));
  TMC_ASSIGN(const ops::IndexMap map, op.info().index_map->map(op.attributes(), {types}));
  // What has no elements is known here; whoever reads it leaves it out, or refuses it.
  if (map.shape.elements() == 0) {
    return context.finish_output_as(index, Constant{{types[0]->dtype, map.shape}, {}});
  }
  return context.finish_output(index, op, std::move(inputs));
}

Status import_moved(ImportContext& context, const ops::AnyOp& op) {
  return import_moved(context, 0, op, {0});
}

Status import_index_map(ImportContext& context) {
  const ops::OpInfo& info = *ops::find_index_map(&ops::IndexMapInfo::onnx, context.op_type());
  TMC_ASSIGN(const ops::AnyOp op, read_op(context, info));
  const size_t count = info.index_map->operands == 0 ? context.input_count() : info.index_map->operands;
  std::vector<size_t> operands;
  for (size_t i = 0; i < count; ++i) {
    // Of operands of any number, those without elements add nothing.
    const Constant* constant = context.constant_if(i);
    const bool is_empty = constant != nullptr && constant->type.shape.elements() == 0;
    if (info.index_map->operands != 0 || !is_empty) operands.push_back(i);
  }
  if (operands.empty()) operands.push_back(0);
  return import_moved(context, 0, op, operands);
}

}  // namespace tmc::frontend::onnx_format
