// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"

#include <algorithm>
#include <cstring>

#include "tmc/frontend/common/border.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::tflite {

using ir::ValueId;

namespace {

template <typename T>
std::vector<int64_t> read_as(std::span<const std::byte> bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  return {values.begin(), values.end()};
}

}  // namespace

ImportContext::ImportContext(const ModelView& view, const ImportOptions& options, ir::Graph& graph)
    : view_(view),
      options_(options),
      graph_(graph),
      names_(tensor_names(view.subgraph())),
      values_(names_.size(), ValueId::kNone),
      ports_(names_.size(), ValueId::kNone),
      shifted_outputs_(names_.size(), false) {
  if (view.subgraph().outputs() == nullptr) return;
  for (const int32_t tensor : *view.subgraph().outputs()) {
    const Result<FileTensor> declared = read(tensor);
    shifted_outputs_[static_cast<size_t>(tensor)] = declared.ok() && declared->shifted;
  }
}

int32_t ImportContext::tensor_of(size_t index) const {
  return index < input_count() ? op_->inputs()->Get(static_cast<flatbuffers::uoffset_t>(index)) : -1;
}

Result<FileTensor> ImportContext::read(int32_t tensor) const {
  return read_tensor(view_, *view_.subgraph().tensors()->Get(static_cast<flatbuffers::uoffset_t>(tensor)),
                     name_of(tensor));
}

Result<ValueId> ImportContext::value_of(int32_t tensor) {
  ValueId& value = values_[static_cast<size_t>(tensor)];
  if (value != ValueId::kNone) return value;
  TMC_ASSIGN(const FileTensor constant, read(tensor));
  if (!constant.data) return error(Error::kMalformed, "tensor '{}' is read, but nothing produces it", name_of(tensor));
  TMC_TRY(budget_.take(constant.data->size()));
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

Result<FileTensor> ImportContext::read_constant(size_t index, const char* what) const {
  if (!has_input(index)) return error(Error::kMalformed, "input {} (its {}) is missing", index, what);
  const int32_t at = tensor_of(index);
  TMC_ASSIGN(FileTensor tensor, read(at));
  const ValueId value = values_[static_cast<size_t>(at)];
  if (tensor.data && (value == ValueId::kNone || graph_.value(value).is_constant())) return tensor;
  return error(Error::kUnsupportedShape, "its {} are computed at run time", what)
      .remedied_by(fmt::format("export the model with constant {}", what));
}

ValueId ImportContext::add_changed_constant(int32_t tensor, const ops::TensorType& type, std::vector<std::byte> bytes,
                                            Quantization quantization) {
  const ValueId value =
      graph_.add_constant(name_of(tensor), type, ir::TensorData(std::move(bytes)), std::move(quantization));
  graph_.name_as_in_file(value, name_of(tensor));
  return value;
}

Result<std::vector<int64_t>> ImportContext::constant_ints(size_t index, const char* what) const {
  TMC_ASSIGN(const FileTensor tensor, read_constant(index, what));
  if (tensor.type.dtype == DType::kI64) return read_as<int64_t>(*tensor.data);
  if (tensor.type.dtype == DType::kI32) return read_as<int32_t>(*tensor.data);
  return error(Error::kUnsupportedType, "its {} have the element type {}", what, dtype_name(tensor.type.dtype));
}

Result<ValueId> ImportContext::bias(size_t index) {
  TMC_ASSIGN(const ValueId image, input(0));
  if (!has_input(index) || type(image).dtype != DType::kI16) return optional_input(index);
  TMC_ASSIGN(const FileTensor tensor, read_constant(index, "biases"));
  if (tensor.type.dtype != DType::kI64) {
    return error(Error::kUnsupportedType, "its input is int16 and its biases are {}", dtype_name(tensor.type.dtype))
        .remedied_by("convert the model with int64 biases");
  }
  std::vector<std::byte> bytes;
  for (const int64_t value : read_as<int64_t>(*tensor.data)) {
    const auto narrow = static_cast<int32_t>(value);
    if (narrow != value) {
      return error(Error::kUnsupportedType, "a bias of {} is beyond 32 bits", value)
          .remedied_by("give the layer's input or weights a larger scale");
    }
    const auto raw = std::as_bytes(std::span(&narrow, 1));
    bytes.insert(bytes.end(), raw.begin(), raw.end());
  }
  TMC_TRY(budget_.take(bytes.size()));
  return add_changed_constant(tensor_of(index), {DType::kI32, tensor.type.shape}, std::move(bytes),
                              tensor.quantization);
}

Result<double> ImportContext::constant_real(size_t index, const char* what) const {
  TMC_ASSIGN(const FileTensor tensor, read_constant(index, what));
  if (tensor.type.shape.elements() != 1 || tensor.quantization.per_axis()) {
    return error(Error::kMalformed, "its {} is no scalar", what);
  }
  std::vector<std::byte> bytes(tensor.data->begin(), tensor.data->end());
  if (tensor.shifted) shift_to_signed(bytes);
  double stored = 0;
  switch (tensor.type.dtype) {
    case DType::kF32: {
      float value;
      std::memcpy(&value, bytes.data(), sizeof value);
      return value;
    }
    case DType::kI8:
      stored = static_cast<double>(read_as<int8_t>(bytes)[0]);
      break;
    case DType::kI16:
      stored = static_cast<double>(read_as<int16_t>(bytes)[0]);
      break;
    case DType::kI32:
      stored = static_cast<double>(read_as<int32_t>(bytes)[0]);
      break;
    default:
      return error(Error::kUnsupportedType, "its {} has the element type {}", what, dtype_name(tensor.type.dtype));
  }
  if (tensor.quantization.empty()) return stored;
  return (stored - tensor.quantization.zero_point()) * static_cast<double>(tensor.quantization.scale());
}

Result<ValueId> ImportContext::transposed_constant(size_t index, const std::vector<int64_t>& perm) {
  TMC_ASSIGN(FileTensor tensor, read_constant(index, "weights"));
  if (tensor.type.shape.rank() != static_cast<int>(perm.size())) {
    return error(Error::kUnsupportedShape, "its weights have rank {}, expected {}", tensor.type.shape.rank(),
                 perm.size());
  }
  TMC_TRY(budget_.take(tensor.data->size()));
  std::vector<std::byte> bytes = transpose(*tensor.data, tensor.type, perm);
  if (tensor.shifted) shift_to_signed(bytes);
  ops::TensorType type{tensor.type.dtype, {}};
  for (const int64_t axis : perm) type.shape.push_back(tensor.type.shape[static_cast<int>(axis)]);
  Quantization& moved = tensor.quantization;
  if (moved.per_axis()) moved.axis = static_cast<int>(std::ranges::find(perm, moved.axis) - perm.begin());
  return add_changed_constant(tensor_of(index), type, std::move(bytes), std::move(moved));
}

Result<FileTensor> ImportContext::output() const {
  return read(op_->outputs()->Get(0));
}

Status ImportContext::missing_options() const {
  return error(Error::kMalformed, "the options of the operator are missing");
}

Result<ValueId> ImportContext::append(const std::string& suffix, ops::AnyOp op, std::vector<ValueId> inputs,
                                      Quantization quantization) {
  return graph_.append(name_of(op_->outputs()->Get(0)) + suffix, std::move(op), std::move(inputs),
                       std::move(quantization));
}

Status ImportContext::check_declared(const FileTensor& declared, const ops::TensorType& inferred) const {
  if (declared.type.dtype != inferred.dtype) {
    return error(Error::kUnsupportedType, "its output is declared as {}, the operator gives {}",
                 dtype_name(declared.type.dtype), dtype_name(inferred.dtype));
  }
  // A given input shape changes all that follow from it, and rank 0 also stands for "not stated".
  if (!options_.shapes.empty() || declared.type.shape.rank() == 0 || declared.type.shape == inferred.shape) return {};
  return error(Error::kMalformed, "its output is declared as [{}], the operator gives [{}]",
               fmt::join(declared.type.shape, ", "), fmt::join(inferred.shape, ", "));
}

Status ImportContext::finish(ops::AnyOp op, std::vector<ValueId> inputs) {
  const int32_t tensor = op_->outputs()->Get(0);
  TMC_ASSIGN(FileTensor declared, read(tensor));
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

Status ImportContext::import_operator(const schema::Operator& op, const std::string& node_name,
                                      Status (*importer)(ImportContext&)) {
  const size_t outputs = op.outputs() == nullptr ? 0 : op.outputs()->size();
  if (outputs != 1) return error(Error::kMalformed, "it has {} outputs, not 1", outputs).at_node(node_name);
  op_ = &op;
  node_name_ = node_name;
  return importer(*this).at_node(node_name);
}

Result<OpenShape> ImportContext::open_shape(int32_t tensor) const {
  const std::string& name = name_of(tensor);
  const schema::Tensor& declared = *view_.subgraph().tensors()->Get(static_cast<flatbuffers::uoffset_t>(tensor));
  OpenShape open;
  // Where the signature is open the shape has 1, which is taken unless another is asked for.
  TMC_ASSIGN(open.extents,
             options_.shapes.contains(name) ? read_signature(declared, name) : read_shape(declared, name));
  return open;
}

Status ImportContext::add_graph_input(int32_t tensor, ShapeBinder& binder) {
  const std::string& name = name_of(tensor);
  TMC_ASSIGN(FileTensor declared, read(tensor));
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
    TMC_ASSIGN(port, value_of(tensor));
    if (shifted_outputs_[index]) {
      TMC_ASSIGN(port, append_unsigned(graph_, name_of(tensor), port));
    }
  }
  graph_.add_output(port);
  return {};
}

}  // namespace tmc::frontend::tflite
