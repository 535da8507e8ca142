// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/types.hpp"

#include <algorithm>
#include <cstring>

#include "saved_model.pb.h"

namespace tmc::frontend::savedmodel {
namespace {

struct Numbered {
  int32_t number;
  DType dtype;
};
// DataType of tensorflow/core/framework/types.proto.
constexpr Numbered kTypes[] = {{1, DType::kF32},   {2, DType::kF64},  {3, DType::kI32},  {4, DType::kU8},
                               {5, DType::kI16},   {6, DType::kI8},   {9, DType::kI64},  {10, DType::kBool},
                               {14, DType::kBF16}, {17, DType::kU16}, {19, DType::kF16}, {22, DType::kU32},
                               {23, DType::kU64}};

// The values of a field as elements of the type T, the last one repeated.
template <typename T, typename Field>
std::vector<std::byte> filled(const Field& values, size_t count) {
  std::vector<std::byte> bytes(count * sizeof(T));
  for (size_t i = 0; i < count && values.size() > 0; ++i) {
    const auto last = static_cast<size_t>(values.size()) - 1;
    const auto element = static_cast<T>(values.Get(static_cast<int>(std::min(i, last))));
    std::memcpy(bytes.data() + i * sizeof(T), &element, sizeof(T));
  }
  return bytes;
}

std::vector<std::byte> elements_of(const proto::TensorProto& tensor, DType dtype, size_t count) {
  switch (dtype) {
    case DType::kF32:
      return filled<float>(tensor.float_val(), count);
    case DType::kF64:
      return filled<double>(tensor.double_val(), count);
    case DType::kF16:
    case DType::kBF16:
      return filled<uint16_t>(tensor.half_val(), count);
    case DType::kI8:
      return filled<int8_t>(tensor.int_val(), count);
    case DType::kU8:
      return filled<uint8_t>(tensor.int_val(), count);
    case DType::kI16:
      return filled<int16_t>(tensor.int_val(), count);
    case DType::kU16:
      return filled<uint16_t>(tensor.int_val(), count);
    case DType::kI32:
      return filled<int32_t>(tensor.int_val(), count);
    case DType::kU32:
      return filled<uint32_t>(tensor.uint32_val(), count);
    case DType::kI64:
      return filled<int64_t>(tensor.int64_val(), count);
    case DType::kU64:
      return filled<uint64_t>(tensor.uint64_val(), count);
    case DType::kBool:
      return filled<uint8_t>(tensor.bool_val(), count);
  }
  return {};
}

}  // namespace

Result<DType> dtype_of(int32_t number) {
  for (const Numbered& type : kTypes) {
    if (type.number == number) return type.dtype;
  }
  constexpr int32_t kString = 7;
  if (number == kString) {
    return error(Error::kUnsupportedType, "it has texts for elements")
        .with_hint("give the model numbers: look texts up before it");
  }
  return error(Error::kUnsupportedType, "its elements have TensorFlow's type {}, which is not supported", number);
}

Result<OpenShape> open_shape_of(const proto::TensorShapeProto& shape) {
  OpenShape open;
  open.has_rank = !shape.unknown_rank();
  for (const auto& dim : shape.dim()) {
    if (!open.extents.push_back(dim.size() < 0 ? -1 : dim.size())) {
      return error(Error::kUnsupportedShape, "it has {} axes", shape.dim_size());
    }
  }
  return open;
}

Result<Shape> shape_of(const proto::TensorShapeProto& shape) {
  TMC_ASSIGN(const OpenShape open, open_shape_of(shape));
  for (const int64_t extent : open.extents) {
    if (extent < 0) return error(Error::kMalformed, "its shape is not known");
  }
  return open.extents;
}

Result<FileTensor> constant_of(const proto::TensorProto& tensor, ConstantBudget& budget) {
  FileTensor constant;
  TMC_ASSIGN(constant.type.dtype, dtype_of(tensor.dtype()));
  TMC_ASSIGN(constant.type.shape, shape_of(tensor.tensor_shape()));
  const int64_t elements = constant.type.shape.elements();
  if (elements < 0) return error(Error::kUnsupportedShape, "a constant of the model is too large");
  const std::string& content = tensor.tensor_content();
  if (!content.empty()) {
    TMC_TRY(check_size(constant.type, content.size(), "its value"));
    TMC_TRY(budget.take(content.size()));
    constant.data = ir::TensorData::of(std::span<const char>(content));
    return constant;
  }
  TMC_TRY(budget.take_computed(constant.type));
  constant.data = ir::TensorData(elements_of(tensor, constant.type.dtype, static_cast<size_t>(elements)));
  return constant;
}

}  // namespace tmc::frontend::savedmodel
