// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"

#include <algorithm>

#include "tmc/frontend/common/border.hpp"
#include "tmc/frontend/tflite/options.hpp"
#include "tmc/frontend/tflite/sparse.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/dequantize.hpp"

namespace tmc::frontend::tflite {

using ir::ValueId;

ImportContext::ImportContext(const ModelView& view, const ImportOptions& options, ir::Graph& graph)
    : view_(view),
      options_(options),
      graph_(graph),
      file_(std::make_shared<FileImport>(FileImport{.budget = {}, .variables = Variables(graph)})),
      names_(tensor_names(view.subgraph())),
      values_(names_.size(), ValueId::kNone),
      ports_(names_.size(), ValueId::kNone),
      shifted_outputs_(names_.size(), false),
      handles_(names_.size()),
      refused_(names_.size(), false) {
  if (view.subgraph().outputs() == nullptr) return;
  for (const int32_t tensor : *view.subgraph().outputs()) {
    const Result<FileTensor> declared = read(tensor);
    shifted_outputs_[static_cast<size_t>(tensor)] = declared.ok() && declared->shifted;
  }
}

ImportContext::ImportContext(const ModelView& view, const ImportContext& outer)
    : view_(view),
      options_(outer.options_),
      graph_(outer.graph_),
      file_(outer.file_),
      names_(tensor_names(view.subgraph())),
      values_(names_.size(), ValueId::kNone),
      ports_(names_.size(), ValueId::kNone),
      shifted_outputs_(names_.size(), false),
      handles_(names_.size()),
      refused_(names_.size(), false) {}

int32_t ImportContext::tensor_of(size_t index) const {
  return index < input_count() ? op_->inputs()->Get(static_cast<flatbuffers::uoffset_t>(index)) : -1;
}

Result<FileTensor> ImportContext::read(int32_t tensor) const {
  TMC_ASSIGN(FileTensor out,
             read_tensor(view_, *view_.subgraph().tensors()->Get(static_cast<flatbuffers::uoffset_t>(tensor)),
                         name_of(tensor)));
  if (out.sparsity == nullptr || !out.data) return out;
  auto& dense = dense_[tensor];
  if (!dense) {
    TMC_ASSIGN(dense, densified(*out.sparsity, out.type, *out.data, name_of(tensor), file_->budget));
  }
  out.data = *dense;
  return out;
}

Result<ValueId> ImportContext::value_of(int32_t tensor) {
  ValueId& value = values_[static_cast<size_t>(tensor)];
  if (value != ValueId::kNone) return value;
  if (refused_[static_cast<size_t>(tensor)]) {
    missed_ = true;
    return error(Error::kUnsupportedOp, "tensor '{}' comes from an operator that is not supported", name_of(tensor));
  }
  TMC_ASSIGN(const FileTensor constant, read(tensor));
  if (!constant.data) return error(Error::kMalformed, "tensor '{}' is read, but nothing produces it", name_of(tensor));
  if (constant.sparsity == nullptr) TMC_TRY(file_->budget.take(constant.data->size()));
  std::vector<std::byte> bytes(constant.data->begin(), constant.data->end());
  if (constant.shifted) shift_to_signed(bytes);
  value = graph_.add_constant(name_of(tensor), constant.type, ir::TensorData(std::move(bytes)), constant.quantization);
  graph_.name_as_in_file(value, name_of(tensor));
  return value;
}

Result<ValueId> ImportContext::input(size_t index) {
  if (!has_input(index)) return error(Error::kMalformed, "input {} is missing", index);
  return value_of(tensor_of(index));
}

Result<ValueId> ImportContext::optional_input(size_t index) {
  if (!has_input(index)) return ValueId::kNone;
  return value_of(tensor_of(index));
}

Result<ValueId> ImportContext::read_variable(size_t index) {
  if (!has_input(index)) return error(Error::kMalformed, "input {} is missing", index);
  const int32_t tensor = tensor_of(index);
  TMC_ASSIGN(const FileTensor declared, read(tensor));
  if (!declared.variable) return error(Error::kMalformed, "'{}', its state, is no variable", name_of(tensor));
  return file_->variables.read(name_of(tensor), declared);
}

Status ImportContext::write_variable(size_t index, ValueId value) {
  return file_->variables.write(name_of(tensor_of(index)), value);
}

Result<std::string> ImportContext::handle(size_t index) const {
  const int32_t tensor = tensor_of(index);
  if (tensor >= 0 && !handles_[static_cast<size_t>(tensor)].empty()) return handles_[static_cast<size_t>(tensor)];
  return error(Error::kMalformed, "input {} is no handle of a variable", index);
}

std::string variable_name(const schema::VarHandleOptions& handle) {
  const auto text = [](const flatbuffers::String* name) { return name == nullptr ? std::string() : name->str(); };
  const std::string container = text(handle.container());
  const std::string name = text(handle.shared_name());
  const std::string full = container.empty() ? name : container + "/" + name;
  return full.empty() ? "variable" : full;
}

Result<Quantization> ImportContext::intermediate_quantization(size_t index) const {
  const auto* intermediates = op_->intermediates();
  if (intermediates == nullptr || index >= intermediates->size()) return Quantization();
  const int32_t tensor = intermediates->Get(static_cast<flatbuffers::uoffset_t>(index));
  if (tensor < 0 || static_cast<size_t>(tensor) >= names_.size()) {
    return error(Error::kMalformed, "its intermediate tensor {} is not there", tensor);
  }
  TMC_ASSIGN(FileTensor read_tensor, read(tensor));
  return std::move(read_tensor.quantization);
}

Result<FileTensor> ImportContext::output() const {
  return read(op_->outputs()->Get(0));
}

Status ImportContext::missing_options() const {
  return error(Error::kMalformed, "the options of the operator are missing");
}

Result<ValueId> ImportContext::append(const std::string& suffix, ops::AnyOp op, std::vector<ValueId> inputs,
                                      Quantization quantization) {
  return graph_.append(output_name() + suffix, std::move(op), std::move(inputs), std::move(quantization));
}

Status ImportContext::check_declared(const FileTensor& declared, const ops::TensorType& inferred) const {
  if (declared.type.dtype != inferred.dtype) {
    return error(Error::kUnsupportedType, "its output is declared as {}, the operator gives {}",
                 dtype_name(declared.type.dtype), dtype_name(inferred.dtype));
  }
  // A given input shape changes all that follow from it, and rank 0 also stands for "not stated".
  const bool agrees = std::ranges::equal(declared.signature, inferred.shape,
                                         [](int64_t stated, int64_t extent) { return stated < 0 || stated == extent; });
  if (!options_.shapes.empty() || declared.type.shape.rank() == 0 || agrees) return {};
  return error(Error::kMalformed, "its output is declared as [{}], the operator gives [{}]",
               fmt::join(declared.type.shape, ", "), fmt::join(inferred.shape, ", "));
}

Result<ops::Activation> ImportContext::fused(schema::ActivationFunctionType activation) {
  if (activation != schema::ActivationFunctionType::TANH) return read_activation(activation);
  TMC_TRY(fuse_behind(activation));
  return ops::Activation::kNone;
}

Status ImportContext::fuse_behind(schema::ActivationFunctionType activation) {
  TMC_ASSIGN(const FileTensor declared, output());
  switch (activation) {
    case schema::ActivationFunctionType::NONE:
      return {};
    case schema::ActivationFunctionType::RELU:
      behind_ = ops::Relu{};
      return {};
    case schema::ActivationFunctionType::RELU6:
      behind_ = ops::Clip{.min = 0, .max = 6};
      return {};
    case schema::ActivationFunctionType::RELU_N1_TO_1:
      behind_ = ops::Clip{.min = -1, .max = 1};
      return {};
    case schema::ActivationFunctionType::TANH:
      // Of integers the file does not say in which scale the function's argument is.
      if (dtype_is_float(declared.type.dtype)) {
        behind_ = ops::Tanh{};
        return {};
      }
      break;
    default:
      break;
  }
  return error(Error::kUnsupportedOp, "the fused activation {} of {} is not supported",
               schema::EnumNameActivationFunctionType(activation), dtype_name(declared.type.dtype))
      .with_hint("convert the model with the activation as an operator of its own");
}

Status ImportContext::finish_output(size_t index, ops::AnyOp op, std::vector<ValueId> inputs) {
  const int32_t tensor = op_->outputs()->Get(static_cast<flatbuffers::uoffset_t>(index));
  TMC_ASSIGN(FileTensor declared, read(tensor));
  if (behind_) {
    TMC_ASSIGN(const ValueId argument, append("_linear", std::move(op), std::move(inputs), declared.quantization));
    op = *std::move(behind_);
    inputs = {argument};
    behind_.reset();
  }
  TMC_ASSIGN(const std::vector<ops::TensorType> inferred, graph_.infer(op, inputs));
  TMC_TRY(check_declared(declared, inferred.front()));
  const bool bordered = shifted_outputs_[static_cast<size_t>(tensor)];
  const ValueId value = graph_.add_value(name_of(tensor) + std::string(bordered ? kShiftedSuffix : ""),
                                         inferred.front(), std::move(declared.quantization));
  if (!bordered) graph_.name_as_in_file(value, name_of(tensor));
  graph_.add_node(node_name_, std::move(op), std::move(inputs), {value});
  values_[static_cast<size_t>(tensor)] = value;
  return {};
}

Status ImportContext::finish_as(ValueId value) {
  const int32_t tensor = op_->outputs()->Get(0);
  TMC_ASSIGN(const FileTensor declared, read(tensor));
  TMC_TRY(check_declared(declared, type(value)));
  if (shifted_outputs_[static_cast<size_t>(tensor)]) {
    return error(Error::kUnsupportedType, "its output '{}' is one of the model's, of uint8", name_of(tensor));
  }
  values_[static_cast<size_t>(tensor)] = value;
  return {};
}

ValueId ImportContext::finished_output(size_t index) const {
  return values_[static_cast<size_t>(op_->outputs()->Get(static_cast<flatbuffers::uoffset_t>(index)))];
}

Result<CustomOptions> ImportContext::custom_options() const {
  if (op_->custom_options() == nullptr) return missing_options();
  return CustomOptions::read({op_->custom_options()->data(), op_->custom_options()->size()});
}

Status ImportContext::finish_all(ops::AnyOp op, std::vector<ValueId> inputs) {
  TMC_ASSIGN(const std::vector<ops::TensorType> inferred, graph_.infer(op, inputs));
  std::vector<ValueId> outputs;
  for (size_t i = 0; i < input_count(); ++i) {
    if (!has_input(i)) continue;
    TMC_ASSIGN(const FileTensor declared, read(tensor_of(i)));
    if (declared.shifted) return error(Error::kUnsupportedType, "its input '{}' is uint8", name_of(tensor_of(i)));
  }
  for (size_t i = 0; i < inferred.size(); ++i) {
    const int32_t tensor = op_->outputs()->Get(static_cast<flatbuffers::uoffset_t>(i));
    TMC_ASSIGN(FileTensor declared, read(tensor));
    TMC_TRY(check_declared(declared, inferred[i]));
    if (declared.shifted) return error(Error::kUnsupportedType, "its output '{}' is uint8", name_of(tensor));
    outputs.push_back(graph_.add_value(name_of(tensor), inferred[i], std::move(declared.quantization)));
    graph_.name_as_in_file(outputs.back(), name_of(tensor));
    values_[static_cast<size_t>(tensor)] = outputs.back();
  }
  graph_.add_node(node_name_, std::move(op), std::move(inputs), std::move(outputs));
  return {};
}

Status ImportContext::import_operator(const schema::Operator& op, const std::string& node_name,
                                      Status (*importer)(ImportContext&)) {
  const std::string name = view_.operator_name(op);
  const bool acts_on_variables = name == "assign_variable" || name == "call_once";
  const bool has_outputs = op.outputs() != nullptr && op.outputs()->size() > 0;
  if (has_outputs == acts_on_variables) {
    return error(Error::kMalformed, "{}", has_outputs ? "it has an output" : "it has no output").at_node(node_name);
  }
  op_ = &op;
  node_name_ = node_name;
  behind_.reset();
  missed_ = false;
  TMC_TRY(importer(*this).at_node(node_name));
  if (acts_on_variables) return {};
  const auto is_absent = [&](int32_t tensor) {
    return values_[static_cast<size_t>(tensor)] == ValueId::kNone && handles_[static_cast<size_t>(tensor)].empty();
  };
  if (std::ranges::none_of(*op.outputs(), is_absent)) return {};
  return error(Error::kMalformed, "it has {} outputs, more than the operator gives", op.outputs()->size())
      .at_node(node_name);
}

void ImportContext::skip_operator(const schema::Operator& op) {
  if (op.outputs() == nullptr) return;
  for (const int32_t tensor : *op.outputs()) {
    if (tensor >= 0) skip_tensor(tensor);
  }
}

void ImportContext::skip_tensor(int32_t tensor) {
  const auto index = static_cast<size_t>(tensor);
  if (values_[index] != ValueId::kNone) return;
  refused_[index] = true;
  Result<FileTensor> declared = read(tensor);
  if (!declared.ok() || !ir::verify_type(declared->type).ok()) return;
  values_[index] = graph_.add_input(name_of(tensor), declared->type, std::move(declared->quantization));
}

Result<OpenShape> ImportContext::open_shape(int32_t tensor) const {
  const std::string& name = name_of(tensor);
  const schema::Tensor& declared = *view_.subgraph().tensors()->Get(static_cast<flatbuffers::uoffset_t>(tensor));
  OpenShape open;
  // Where the signature is open the shape has 1, which is taken unless another is asked for.
  TMC_ASSIGN(open.extents, read_shape(declared, name));
  if (options_.shapes.contains(name)) open.extents = read_signature(declared, open.extents);
  return open;
}

Status ImportContext::add_graph_input(int32_t tensor, ShapeBinder& binder) {
  const std::string& name = name_of(tensor);
  TMC_ASSIGN(FileTensor declared, read(tensor));
  if (declared.variable) return error(Error::kUnsupportedType, "tensor '{}' is a variable", name);
  TMC_ASSIGN(declared.type.shape, binder.bind(name));
  TMC_TRY(ir::verify_type(declared.type).at_node(name));
  ValueId& port = ports_[static_cast<size_t>(tensor)];
  ValueId& value = values_[static_cast<size_t>(tensor)];
  if (declared.shifted) {
    declared.type.dtype = DType::kU8;
    for (int32_t& zero_point : declared.quantization.zero_points) zero_point += 128;
  }
  port = value = graph_.add_input(name, declared.type, std::move(declared.quantization));
  if (declared.shifted) {
    TMC_ASSIGN(value, append_signed(graph_, port));
  }
  return {};
}

Status ImportContext::add_graph_output(int32_t tensor) {
  const auto index = static_cast<size_t>(tensor);
  ValueId& port = ports_[index];
  if (port == ValueId::kNone) {
    if (refused_[index] && values_[index] == ValueId::kNone) return {};
    TMC_ASSIGN(port, value_of(tensor));
    if (shifted_outputs_[index]) {
      TMC_ASSIGN(port, append_unsigned(graph_, name_of(tensor), port));
    }
  }
  graph_.add_output(port);
  return {};
}

}  // namespace tmc::frontend::tflite
