// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/custom.hpp"

#include <algorithm>

#include "tmc/custom/operator.hpp"
#include "tmc/exporter/onnx/export_context.hpp"

namespace tmc::exporter::onnx_format {
namespace {

Attribute attribute_of(const custom::Attribute& attribute, const std::vector<double>& values) {
  if (attribute.is_real && attribute.count > 0)
    return {attribute.name, std::vector<float>(values.begin(), values.end())};
  if (attribute.is_real) return {attribute.name, static_cast<float>(values.front())};
  if (attribute.count > 0) return {attribute.name, std::vector<int64_t>(values.begin(), values.end())};
  return {attribute.name, static_cast<int64_t>(values.front())};
}

}  // namespace

// As the node of the user's own domain that it is. Operators of quantised integers are refused: the file would have to
// hold the integers as such, where it holds reals.
Status export_custom(ExportContext& context) {
  const auto& op = context.op<ops::Custom>();
  const auto* described = dynamic_cast<const custom::Operator*>(op.rule.get());
  if (described == nullptr || described->description().onnx_type.empty()) {
    return error(Error::kUnsupportedOp, "the custom operator '{}' has no name in ONNX", op.name)
        .with_hint("give it one in its description: 'onnx: DOMAIN:OP_TYPE'");
  }
  const custom::Description& description = described->description();
  if (context.is_quantized()) {
    return error(Error::kUnsupportedType, "the custom operator '{}' has quantised tensors", op.name);
  }
  std::vector<std::string> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(i));
  }
  Attributes attributes;
  for (size_t i = 0; i < op.values.size(); ++i) {
    attributes.push_back(attribute_of(description.attributes[i], op.values[i]));
  }
  return context.finish_all(description.onnx_domain, description.onnx_type, inputs, attributes);
}

}  // namespace tmc::exporter::onnx_format
