// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/index_map.hpp"

#include <map>

#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {
namespace {

Attribute to_attribute(const char* name, const ops::FieldValue& value) {
  if (const auto* integer = std::get_if<int64_t>(&value)) return {name, *integer};
  if (const auto* integers = std::get_if<std::vector<int64_t>>(&value)) return {name, *integers};
  if (const auto* real = std::get_if<double>(&value)) return {name, static_cast<float>(*real)};
  if (const auto* truth = std::get_if<bool>(&value)) return {name, int64_t{*truth}};
  return {name, std::get<std::string>(value)};
}

}  // namespace

Status export_index_map(ExportContext& context) {
  const ops::OpInfo& info = context.any_op().info();
  const std::vector<ops::NamedValue> fields = info.get_fields(context.any_op().attributes());
  const std::vector<ops::Source> sources = info.index_map->sources();
  Permutation order = identity_order(context.output_shape().rank());
  std::map<int, std::string> constants;  // by input
  Attributes attributes;
  for (size_t i = 0; i < fields.size(); ++i) {
    const auto& [name, value] = fields[i];
    if (name == "layout") {
      if (std::get<std::string>(value) == to_string(ops::Layout::kNhwc)) order = ir::kNhwcToNchw;
    } else if (sources[i].onnx_input >= 0) {
      constants[sources[i].onnx_input] = context.integers(name, std::get<std::vector<int64_t>>(value));
    } else {
      attributes.push_back(to_attribute(sources[i].onnx != nullptr ? sources[i].onnx : name.c_str(), value));
    }
  }
  std::vector<std::string> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(i, order));
  }
  for (const auto& [input, constant] : constants) inputs.push_back(constant);
  return context.finish(info.index_map->onnx, inputs, attributes, order);
}

}  // namespace tmc::exporter::onnx_format
