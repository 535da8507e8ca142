// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The part of ImportContext about graphs that operators run, and about integers that are known while they are imported:
// counters and conditions of loops.

#include <algorithm>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

using ir::ValueId;

void ImportContext::begin_again(const std::string& prefix) {
  names_ = tensor_names(view_.subgraph());
  for (size_t tensor = 0; tensor < values_.size(); ++tensor) {
    const Result<FileTensor> declared = read(static_cast<int32_t>(tensor));
    const bool is_of_file = declared.ok() && declared->data.has_value();
    if (!is_of_file) values_[tensor] = ValueId::kNone;
    handles_[tensor].clear();
    names_[tensor] = prefix + names_[tensor];
  }
}

std::optional<std::vector<int64_t>> ImportContext::known(ValueId value) const {
  constexpr int kDeepest = 12;
  const ops::TensorType& type = this->type(value);
  const bool is_integer = type.dtype == DType::kI32 || type.dtype == DType::kI64 || type.dtype == DType::kBool;
  if (!is_integer || type.shape.elements() > kMostKnown) return std::nullopt;
  const std::optional<ir::TensorData> data = moved_constant(value, kDeepest);
  if (!data) return std::nullopt;
  switch (type.dtype) {
    case DType::kI32: {
      const auto elements = data->to_vector<int32_t>();
      return std::vector<int64_t>(elements.begin(), elements.end());
    }
    case DType::kI64:
      return data->to_vector<int64_t>();
    default: {
      const auto elements = data->to_vector<uint8_t>();
      return std::vector<int64_t>(elements.begin(), elements.end());
    }
  }
}

Status ImportContext::finish_known(DType dtype, const Shape& shape, std::span<const int64_t> elements) {
  const int32_t tensor = op_->outputs()->Get(0);
  TMC_ASSIGN(const FileTensor declared, read(tensor));
  TMC_TRY(check_declared(declared, {dtype, shape}));
  TMC_TRY(file_->budget.take_computed({dtype, shape}));
  std::vector<std::byte> bytes;
  if (dtype == DType::kBool) {
    for (const int64_t element : elements) bytes.push_back(std::byte{element != 0});
  } else {
    const ir::TensorData data = integer_data(dtype, elements);
    bytes.assign(data.bytes().begin(), data.bytes().end());
  }
  values_[static_cast<size_t>(tensor)] = add_changed_constant(name_of(tensor), {dtype, shape}, std::move(bytes), {});
  return {};
}

}  // namespace tmc::frontend::tflite
