// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/custom.hpp"

#include "tmc/frontend/common/custom.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ::onnx::AttributeProto;

Result<FileAttributes> read_attributes(const ::onnx::NodeProto& node) {
  FileAttributes attributes;
  for (const AttributeProto& attribute : node.attribute()) {
    FileAttribute& read = attributes[attribute.name()];
    switch (attribute.type()) {
      case AttributeProto::INT:
        read = {{static_cast<double>(attribute.i())}, false, false};
        break;
      case AttributeProto::FLOAT:
        read = {{static_cast<double>(attribute.f())}, true, false};
        break;
      case AttributeProto::INTS:
        read = {{attribute.ints().begin(), attribute.ints().end()}, false, true};
        break;
      case AttributeProto::FLOATS:
        read = {{attribute.floats().begin(), attribute.floats().end()}, true, true};
        break;
      default:
        return error(Error::kUnsupportedType, "its attribute '{}' is neither a number nor a list of numbers",
                     attribute.name());
    }
  }
  return attributes;
}

}  // namespace

bool is_custom(const ::onnx::NodeProto& node, const custom::Operators* operators) {
  return operators != nullptr && !operators->of_onnx(node.domain(), node.op_type()).empty();
}

Status import_custom(ImportContext& context) {
  TMC_ASSIGN(const FileAttributes attributes, read_attributes(context.node()));
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.optional_input(i));
    if (!context.has_input(i)) continue;
    TMC_ASSIGN(const FileTensor* tensor, context.tensor(i));
    if (!tensor->shifted) continue;
    return error(Error::kUnsupportedType, "its input '{}' is uint8, which custom operators do not take",
                 context.input_name(i))
        .with_hint("quantise it to int8");
  }
  ops::Custom node;
  const auto candidates = context.custom()->of_onnx(context.node().domain(), context.op_type());
  TMC_ASSIGN(const auto op,
             choose_custom(candidates, context.graph(), inputs, context.output_count(), attributes, node));
  std::vector<Quantization> quantizations;
  for (const custom::Port& port : op->description().outputs) {
    quantizations.push_back(port.quantized_as ? context.graph().value(inputs[*port.quantized_as]).quantization
                                              : Quantization());
  }
  return context.finish_all(std::move(node), std::move(inputs), std::move(quantizations));
}

}  // namespace tmc::frontend::onnx_format
