// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// What ImportContext says of an operator's constants: their elements, and the weights that come transposed.

#include <algorithm>
#include <cstring>

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ir/permute.hpp"
#include "tmc/ops/op/dequantize.hpp"

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

Result<FileTensor> ImportContext::read_constant(size_t index, const char* what) const {
  if (!has_input(index)) return error(Error::kMalformed, "input {} (its {}) is missing", index, what);
  const int32_t at = tensor_of(index);
  TMC_ASSIGN(FileTensor tensor, read(at));
  const ValueId value = values_[static_cast<size_t>(at)];
  if (tensor.data && (value == ValueId::kNone || graph_.value(value).is_constant())) return tensor;
  if (value != ValueId::kNone) {
    constexpr int kDeepest = 12;
    if (const auto data = moved_constant(value, kDeepest)) {
      const std::span<const std::byte> bytes = data->bytes();
      computed_.emplace_back(bytes.begin(), bytes.end());
      tensor.type = type(value);
      tensor.data = computed_.back();
      return tensor;
    }
  }
  missed_ = missed_ || refused_[static_cast<size_t>(at)];
  const bool is_input = ports_[static_cast<size_t>(at)] != ValueId::kNone;
  return error(Error::kUnsupportedShape, "its {} ('{}') are {}", what, name_of(at),
               is_input ? "an input of the model" : "computed at run time")
      .with_hint(fmt::format("convert the model with constant {}", what));
}

std::optional<ir::TensorData> ImportContext::moved_constant(ValueId id, int depth) const {
  constexpr int64_t kMostStructural = 64;
  const ir::Value& value = graph_.value(id);
  if (value.is_constant()) return *value.data;
  if (depth == 0 || value.producer == ir::NodeId::kNone || value.type.shape.elements() > kMostStructural) {
    return std::nullopt;
  }
  const ir::Node& node = graph_.node(value.producer);
  if (!node.op.moves_elements()) return std::nullopt;
  const Result<ops::IndexMap> map = graph_.index_map(node);
  if (!map.ok() || !ops::covers_all(*map)) return std::nullopt;
  std::vector<ir::TensorData> inputs;
  std::vector<std::span<const std::byte>> bytes;
  for (const ValueId input : node.inputs) {
    auto data = moved_constant(input, depth - 1);
    if (!data) return std::nullopt;
    inputs.push_back(*std::move(data));
  }
  for (const ir::TensorData& input : inputs) bytes.push_back(input.bytes());
  return ir::TensorData(ops::moved(*map, bytes, static_cast<size_t>(dtype_bytes(value.type.dtype))));
}

Result<std::vector<int64_t>> ImportContext::constant_ints(size_t index, const char* what) const {
  TMC_ASSIGN(const FileTensor tensor, read_constant(index, what));
  if (tensor.type.dtype == DType::kI64) return read_as<int64_t>(*tensor.data);
  if (tensor.type.dtype == DType::kI32) return read_as<int32_t>(*tensor.data);
  return error(Error::kUnsupportedType, "its {} have the element type {}", what, dtype_name(tensor.type.dtype));
}

Result<ValueId> ImportContext::bias(size_t index, size_t image) {
  TMC_ASSIGN(const ValueId read, input(image));
  if (!has_input(index) || type(read).dtype != DType::kI16) return optional_input(index);
  TMC_ASSIGN(const FileTensor tensor, read_constant(index, "biases"));
  if (tensor.type.dtype != DType::kI64) {
    return error(Error::kUnsupportedType, "its input is int16 and its biases are {}", dtype_name(tensor.type.dtype))
        .with_hint("convert the model with int64 biases");
  }
  std::vector<std::byte> bytes;
  for (const int64_t value : read_as<int64_t>(*tensor.data)) {
    const auto narrow = static_cast<int32_t>(value);
    if (narrow != value) {
      return error(Error::kUnsupportedType, "a bias of {} is beyond 32 bits", value)
          .with_hint("give the layer's input or weights a larger scale");
    }
    const auto raw = std::as_bytes(std::span(&narrow, 1));
    bytes.insert(bytes.end(), raw.begin(), raw.end());
  }
  TMC_TRY(file_->budget.take(bytes.size()));
  return add_changed_constant(name_of(tensor_of(index)), {DType::kI32, tensor.type.shape}, std::move(bytes),
                              tensor.quantization);
}

ValueId ImportContext::add_changed_constant(const std::string& name, const ops::TensorType& type,
                                            std::vector<std::byte> bytes, Quantization quantization) {
  const ValueId value = graph_.add_constant(name, type, ir::TensorData(std::move(bytes)), std::move(quantization));
  graph_.name_as_in_file(value, name);
  return value;
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
  if (const ValueId stored = dequantized_constant(index); stored != ValueId::kNone) {
    const ir::Value constant = graph_.value(stored);
    TMC_ASSIGN(const ValueId transposed,
               add_transposed(constant.name, constant.type, constant.data->bytes(), constant.quantization, perm));
    return append("_weights", ops::Dequantize{}, {transposed});
  }
  TMC_ASSIGN(const FileTensor tensor, read_constant(index, "weights"));
  std::vector<std::byte> bytes(tensor.data->begin(), tensor.data->end());
  if (tensor.shifted) shift_to_signed(bytes);
  return add_transposed(name_of(tensor_of(index)), tensor.type, bytes, tensor.quantization, perm);
}

Result<ValueId> ImportContext::add_transposed(const std::string& name, const ops::TensorType& type,
                                              std::span<const std::byte> bytes, Quantization quantization,
                                              const std::vector<int64_t>& perm) {
  if (type.shape.rank() != static_cast<int>(perm.size())) {
    return error(Error::kUnsupportedShape, "its weights have rank {}, expected {}", type.shape.rank(), perm.size());
  }
  TMC_TRY(file_->budget.take(bytes.size()));
  const std::span<const std::byte> inputs[] = {bytes};
  const ops::IndexMap map = ops::permuting(type.shape, perm);
  return add_changed_constant(name, {type.dtype, map.shape}, ops::moved(map, inputs, dtype_bytes(type.dtype)),
                              ir::permute(std::move(quantization), perm));
}

ValueId ImportContext::dequantized_constant(size_t index) const {
  const ValueId value = has_input(index) ? values_[static_cast<size_t>(tensor_of(index))] : ValueId::kNone;
  const ir::NodeId node = value == ValueId::kNone ? ir::NodeId::kNone : graph_.producer_if<ops::Dequantize>(value);
  if (node == ir::NodeId::kNone) return ValueId::kNone;
  const ValueId stored = graph_.node(node).inputs[0];
  return graph_.value(stored).is_constant() ? stored : ValueId::kNone;
}

}  // namespace tmc::frontend::tflite
