// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/constant.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/onnx/narrow_type.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ::onnx::TensorProto;

Result<Shape> read_dims(const TensorProto& tensor) {
  Shape shape;
  for (const int64_t extent : tensor.dims()) {
    if (!shape.push_back(extent)) {
      return error(Error::kUnsupportedShape, "it has rank {}, more than {}", tensor.dims_size(), Shape::kMaxRank);
    }
  }
  return shape;
}

// As in the graph, but nothing may have no elements: an empty list of axes, or the shape of a scalar.
Status check_extents(const ops::TensorType& type) {
  if (std::ranges::find(type.shape, 0) == type.shape.end()) return ir::verify_type(type);
  if (std::ranges::all_of(type.shape, [](int64_t extent) { return extent >= 0; })) return {};
  return error(Error::kUnsupportedShape, "the tensor's extents [{}] are not all positive", fmt::join(type.shape, ", "));
}

Status wrong_count(size_t found, size_t wanted) {
  return error(Error::kMalformed, "it needs {} elements of data, the file has {}", wanted, found);
}

// `field` as elements of type T; the format stores narrow integers in wide fields.
template <typename T, typename Repeated>
Result<std::vector<std::byte>> from_field(const Repeated& field, size_t elements) {
  if (static_cast<size_t>(field.size()) != elements) return wrong_count(static_cast<size_t>(field.size()), elements);
  std::vector<std::byte> bytes(elements * sizeof(T));
  for (size_t i = 0; i < elements; ++i) {
    const T value = static_cast<T>(field.Get(static_cast<int>(i)));
    std::memcpy(&bytes[i * sizeof(T)], &value, sizeof(T));
  }
  return bytes;
}

Result<std::vector<std::byte>> from_typed_field(const TensorProto& tensor, DType dtype, size_t elements) {
  switch (dtype) {
    case DType::kF32:
      return from_field<float>(tensor.float_data(), elements);
    case DType::kF64:
      return from_field<double>(tensor.double_data(), elements);
    case DType::kI64:
      return from_field<int64_t>(tensor.int64_data(), elements);
    case DType::kU64:
      return from_field<uint64_t>(tensor.uint64_data(), elements);
    case DType::kU32:
      return from_field<uint32_t>(tensor.uint64_data(), elements);
    case DType::kI32:
      return from_field<int32_t>(tensor.int32_data(), elements);
    case DType::kI16:
    case DType::kU16:
    case DType::kF16:
    case DType::kBF16:
      return from_field<uint16_t>(tensor.int32_data(), elements);
    case DType::kI8:
    case DType::kU8:
    case DType::kBool:
      return from_field<uint8_t>(tensor.int32_data(), elements);
  }
  return error(Error::kInternal, "no such dtype");
}

// Elements narrower than a byte are packed, in a typed field too, which has the bytes.
Result<std::vector<std::byte>> read_narrow(const TensorProto& tensor, const NarrowType& narrow, const Shape& shape,
                                           const std::filesystem::path& folder) {
  const auto elements = static_cast<size_t>(shape.elements());
  const size_t bytes = narrow.bytes_of(elements);
  std::vector<std::byte> packed;
  if (tensor.data_location() == TensorProto::EXTERNAL) {
    TMC_ASSIGN(packed, read_external_data(tensor, folder, bytes));
  } else if (tensor.has_raw_data()) {
    const auto raw = std::as_bytes(std::span(tensor.raw_data()));
    packed.assign(raw.begin(), raw.end());
  } else {
    TMC_ASSIGN(packed, from_field<uint8_t>(tensor.int32_data(), bytes));
  }
  if (packed.size() != bytes) return wrong_count(packed.size(), bytes);
  return unpacked(narrow, packed, elements);
}

Result<std::vector<std::byte>> read_bytes(const TensorProto& tensor, const ops::TensorType& type,
                                          const std::filesystem::path& folder) {
  if (const NarrowType* narrow = find_narrow_type(tensor.data_type())) {
    return read_narrow(tensor, *narrow, type.shape, folder);
  }
  const auto elements = static_cast<size_t>(type.shape.elements());
  const size_t bytes = elements * dtype_bytes(type.dtype);
  if (tensor.data_location() == TensorProto::EXTERNAL) return read_external_data(tensor, folder, bytes);
  if (!tensor.has_raw_data()) return from_typed_field(tensor, type.dtype, elements);
  TMC_TRY(check_size(type, tensor.raw_data().size(), tensor.name()));
  const auto raw = std::as_bytes(std::span(tensor.raw_data()));
  return std::vector<std::byte>(raw.begin(), raw.end());
}

}  // namespace

Result<DType> read_dtype(int32_t onnx_type) {
  switch (onnx_type) {
    case TensorProto::FLOAT:
      return DType::kF32;
    case TensorProto::UINT8:
      return DType::kU8;
    case TensorProto::INT8:
      return DType::kI8;
    case TensorProto::UINT16:
      return DType::kU16;
    case TensorProto::INT16:
      return DType::kI16;
    case TensorProto::INT32:
      return DType::kI32;
    case TensorProto::INT64:
      return DType::kI64;
    case TensorProto::BOOL:
      return DType::kBool;
    case TensorProto::FLOAT16:
      return DType::kF16;
    case TensorProto::DOUBLE:
      return DType::kF64;
    case TensorProto::UINT32:
      return DType::kU32;
    case TensorProto::UINT64:
      return DType::kU64;
    case TensorProto::BFLOAT16:
      return DType::kBF16;
    default:
      if (const NarrowType* narrow = find_narrow_type(onnx_type)) return narrow->dtype;
      return error(Error::kUnsupportedType, "its element type (ONNX type {}) is not supported", onnx_type);
  }
}

DType widened(DType dtype) {
  return dtype == DType::kF16 || dtype == DType::kBF16 ? DType::kF32 : dtype;
}

Constant widened(Constant constant) {
  const DType dtype = constant.type.dtype;
  if (widened(dtype) == dtype) return constant;
  std::vector<float> values(static_cast<size_t>(constant.type.shape.elements()));
  const std::byte* from = constant.data.bytes().data();
  for (float& value : values) {
    value = static_cast<float>(load_element(dtype, from));
    from += dtype_bytes(dtype);
  }
  return {{DType::kF32, constant.type.shape}, ir::TensorData::of(std::span<const float>(values))};
}

Result<Constant> read_constant(const TensorProto& tensor, const std::filesystem::path& folder, ConstantBudget& budget) {
  const auto read = [&]() -> Result<Constant> {
    ops::TensorType type;
    TMC_ASSIGN(type.dtype, read_dtype(tensor.data_type()));
    TMC_ASSIGN(type.shape, read_dims(tensor));
    TMC_TRY(check_extents(type));
    TMC_ASSIGN(std::vector<std::byte> bytes, read_bytes(tensor, type, folder));
    TMC_TRY(budget.take(bytes.size()));
    return Constant{type, ir::TensorData(std::move(bytes))};
  };
  Result<Constant> constant = read();
  if (constant.ok()) return constant;
  return std::move(constant).status().at_node(tensor.name());
}

}  // namespace tmc::frontend::onnx_format
