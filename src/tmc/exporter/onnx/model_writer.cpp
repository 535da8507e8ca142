// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/model_writer.hpp"

#include <onnx/onnx_pb.h>

namespace tmc::exporter::onnx_format {
namespace {

using ::onnx::AttributeProto;
using ::onnx::TensorProto;

// The first version of the file format that knows the opset.
constexpr int64_t kFormatOfOpset17 = 8;
constexpr int64_t kFormatOfOpset21 = 10;

void set_value(AttributeProto& attribute, int64_t value) {
  attribute.set_type(AttributeProto::INT);
  attribute.set_i(value);
}

void set_value(AttributeProto& attribute, float value) {
  attribute.set_type(AttributeProto::FLOAT);
  attribute.set_f(value);
}

void set_value(AttributeProto& attribute, const std::string& value) {
  attribute.set_type(AttributeProto::STRING);
  attribute.set_s(value);
}

void set_value(AttributeProto& attribute, const std::vector<float>& values) {
  attribute.set_type(AttributeProto::FLOATS);
  for (const float value : values) attribute.add_floats(value);
}

void set_value(AttributeProto& attribute, const std::vector<int64_t>& values) {
  attribute.set_type(AttributeProto::INTS);
  for (const int64_t value : values) attribute.add_ints(value);
}

void set_value(AttributeProto& attribute, const std::vector<std::string>& values) {
  attribute.set_type(AttributeProto::STRINGS);
  for (const std::string& value : values) attribute.add_strings(value);
}

// `wanted`, or that with the first number behind it that makes it new.
std::string take(std::unordered_set<std::string>& taken, const std::string& wanted) {
  std::string name = wanted;
  for (int number = 1; !taken.insert(name).second; ++number) name = fmt::format("{}_{}", wanted, number);
  return name;
}

void set_port(::onnx::ValueInfoProto& port, const std::string& name, const ops::TensorType& type) {
  port.set_name(name);
  auto& tensor = *port.mutable_type()->mutable_tensor_type();
  tensor.set_elem_type(element_type(type.dtype));
  auto& shape = *tensor.mutable_shape();
  for (const int64_t extent : type.shape) shape.add_dim()->set_dim_value(extent);
}

}  // namespace

int element_type(DType dtype) {
  switch (dtype) {
    case DType::kF32:
      return TensorProto::FLOAT;
    case DType::kF16:
      return TensorProto::FLOAT16;
    case DType::kBF16:
      return TensorProto::BFLOAT16;
    case DType::kF64:
      return TensorProto::DOUBLE;
    case DType::kI8:
      return TensorProto::INT8;
    case DType::kU8:
      return TensorProto::UINT8;
    case DType::kI16:
      return TensorProto::INT16;
    case DType::kU16:
      return TensorProto::UINT16;
    case DType::kI32:
      return TensorProto::INT32;
    case DType::kU32:
      return TensorProto::UINT32;
    case DType::kI64:
      return TensorProto::INT64;
    case DType::kU64:
      return TensorProto::UINT64;
    case DType::kBool:
      return TensorProto::BOOL;
  }
  return TensorProto::UNDEFINED;
}

struct ModelWriter::Model {
  ::onnx::ModelProto proto;
};

ModelWriter::ModelWriter(const std::string& graph_name, int64_t opset)
    : opset_(opset), model_(std::make_unique<Model>()) {
  ::onnx::ModelProto& proto = model_->proto;
  proto.set_ir_version(opset < 21 ? kFormatOfOpset17 : kFormatOfOpset21);
  proto.set_producer_name("tinymlc");
  auto& operators = *proto.add_opset_import();
  operators.set_domain("");
  operators.set_version(opset);
  proto.mutable_graph()->set_name(graph_name.empty() ? "model" : graph_name);
}

ModelWriter::ModelWriter(ModelWriter&&) noexcept = default;
ModelWriter& ModelWriter::operator=(ModelWriter&&) noexcept = default;
ModelWriter::~ModelWriter() = default;

std::string ModelWriter::claim(const std::string& wanted) {
  return take(tensor_names_, wanted);
}

void ModelWriter::add_node(const std::string& name, const std::string& type, const std::vector<std::string>& inputs,
                           const std::string& output, const Attributes& attributes) {
  add_node_of("", name, type, inputs, {output}, attributes);
}

void ModelWriter::add_node_of(const std::string& domain, const std::string& name, const std::string& type,
                              const std::vector<std::string>& inputs, const std::vector<std::string>& outputs,
                              const Attributes& attributes) {
  ::onnx::NodeProto& node = *model_->proto.mutable_graph()->add_node();
  node.set_name(take(node_names_, name));
  node.set_op_type(type);
  if (!domain.empty()) {
    node.set_domain(domain);
    add_domain(domain);
  }
  for (const std::string& input : inputs) node.add_input(input);
  for (const std::string& output : outputs) node.add_output(output);
  for (const Attribute& attribute : attributes) {
    AttributeProto& made = *node.add_attribute();
    made.set_name(attribute.name);
    std::visit([&](const auto& value) { set_value(made, value); }, attribute.value);
  }
}

void ModelWriter::add_domain(const std::string& domain) {
  for (const auto& known : model_->proto.opset_import()) {
    if (known.domain() == domain) return;
  }
  auto& operators = *model_->proto.add_opset_import();
  operators.set_domain(domain);
  operators.set_version(1);
}

void ModelWriter::add_constant(const std::string& name, const ops::TensorType& type, std::span<const std::byte> bytes) {
  TensorProto& tensor = *model_->proto.mutable_graph()->add_initializer();
  tensor.set_name(name);
  tensor.set_data_type(element_type(type.dtype));
  for (const int64_t extent : type.shape) tensor.add_dims(extent);
  tensor.set_raw_data(bytes.data(), bytes.size());
}

void ModelWriter::add_input(const std::string& name, const ops::TensorType& type) {
  set_port(*model_->proto.mutable_graph()->add_input(), name, type);
}

void ModelWriter::add_output(const std::string& name, const ops::TensorType& type) {
  set_port(*model_->proto.mutable_graph()->add_output(), name, type);
}

void ModelWriter::add_metadata(const std::string& key, const std::string& value) {
  ::onnx::StringStringEntryProto& entry = *model_->proto.add_metadata_props();
  entry.set_key(key);
  entry.set_value(value);
}

std::string ModelWriter::bytes() const {
  return model_->proto.SerializeAsString();
}

}  // namespace tmc::exporter::onnx_format
