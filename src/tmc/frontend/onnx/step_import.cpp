// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/step_import.hpp"

#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/frontend/onnx/importers.hpp"

namespace tmc::frontend::onnx_format {
namespace {

int64_t onnx_type(DType dtype) {
  for (int32_t number = 1; number < ::onnx::TensorProto::DataType_ARRAYSIZE; ++number) {
    const Result<DType> found = read_dtype(number);
    if (found.ok() && *found == dtype) return number;
  }
  return 0;
}

struct Writer {
  ::onnx::AttributeProto& attribute;

  void operator()(int64_t value) const {
    attribute.set_type(::onnx::AttributeProto::INT);
    attribute.set_i(value);
  }
  void operator()(double value) const {
    attribute.set_type(::onnx::AttributeProto::FLOAT);
    attribute.set_f(static_cast<float>(value));
  }
  void operator()(const std::string& value) const {
    attribute.set_type(::onnx::AttributeProto::STRING);
    attribute.set_s(value);
  }
  void operator()(const std::vector<int64_t>& values) const {
    attribute.set_type(::onnx::AttributeProto::INTS);
    for (const int64_t value : values) attribute.add_ints(value);
  }
  void operator()(DType value) const { (*this)(onnx_type(value)); }
};

}  // namespace

StepImport::StepImport(const ImportOptions& options, ir::Graph& graph)
    : graph_(graph), context_(std::make_unique<ImportContext>(kNewestOpset, "", options, graph)) {}

StepImport::~StepImport() = default;

ConstantBudget& StepImport::budget() {
  return context_->budget();
}

void StepImport::add_input(const std::string& name, const ops::TensorType& type) {
  context_->add_graph_input(name, type, {});
}

void StepImport::add_constant(const std::string& name, const ops::TensorType& type, ir::TensorData data) {
  context_->add_constant(name, Constant{type, std::move(data)});
}

void StepImport::expect_output(const std::string& name) {
  context_->expect_graph_output(name);
}

Status StepImport::add_output(const std::string& name) {
  return context_->add_graph_output(name);
}

Status StepImport::run(const Step& step, const std::string& node) {
  const Importer* importer = find_importer(step.op);
  if (importer == nullptr) {
    return error(Error::kUnsupportedOp, "it needs the operator {}, which is not supported", step.op).at_node(node);
  }
  ::onnx::NodeProto message;
  message.set_op_type(step.op);
  message.set_name(node);
  for (const std::string& input : step.inputs) message.add_input(input);
  for (const std::string& output : step.outputs) {
    message.add_output(output);
    context_->expect_read(output);
  }
  for (const StepAttribute& attribute : step.attributes) {
    ::onnx::AttributeProto& written = *message.add_attribute();
    written.set_name(attribute.name);
    std::visit(Writer{written}, attribute.value);
  }
  return context_->import_node(message, node, importer->import);
}

Status StepImport::append(ops::AnyOp op, const std::vector<std::string>& inputs, const std::string& output,
                          const std::string& node) {
  ::onnx::NodeProto message;
  for (const std::string& input : inputs) message.add_input(input);
  message.add_output(output);
  context_->expect_read(output);
  // Makes it the node at hand, of which the context reads and writes the tensors.
  TMC_TRY(context_->import_node(message, node, [](ImportContext&) { return Status(); }));
  std::vector<ir::ValueId> values;
  for (size_t i = 0; i < inputs.size(); ++i) {
    TMC_ASSIGN(values.emplace_back(), context_->input(i));
  }
  return context_->finish(std::move(op), std::move(values));
}

Result<ops::TensorType> StepImport::type(const std::string& tensor) const {
  const FileTensor* found = context_->find_tensor(tensor);
  if (found != nullptr && found->constant) return found->constant->type;
  if (found != nullptr && found->value != ir::ValueId::kNone) return graph_.value(found->value).type;
  return error(Error::kMalformed, "tensor '{}' is read, but nothing produces it", tensor);
}

const ir::TensorData* StepImport::constant(const std::string& tensor) const {
  const FileTensor* found = context_->find_tensor(tensor);
  return found != nullptr && found->constant ? &found->constant->data : nullptr;
}

}  // namespace tmc::frontend::onnx_format
