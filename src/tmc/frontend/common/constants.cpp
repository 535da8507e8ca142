// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/constants.hpp"

namespace tmc::frontend {

Status ConstantBudget::take(size_t bytes) {
  if (bytes > left_bytes_) return error(Error::kMalformed, "the model's constants take more than 1 GiB");
  left_bytes_ -= bytes;
  left_elements_ += bytes * kElementsAByte;
  return {};
}

Status ConstantBudget::take_computed(const ops::TensorType& type) {
  if (type.shape.elements() < 0) return error(Error::kUnsupportedShape, "a constant of the model is too large");
  const auto elements = static_cast<size_t>(type.shape.elements());
  const size_t bytes = elements * dtype_bytes(type.dtype);
  if (elements > left_elements_ || bytes > left_bytes_) {
    return error(Error::kUnsupportedShape,
                 "it makes a constant of {} elements, more than {} and {} a byte of the file's constants in all",
                 elements, kFreeElements, kElementsAByte)
        .with_hint("store the constant in the file instead of computing it from smaller ones");
  }
  left_bytes_ -= bytes;
  left_elements_ -= elements;
  return {};
}

ir::TensorData integer_data(DType dtype, std::span<const int64_t> integers) {
  if (dtype == DType::kI64) return ir::TensorData::of(integers);
  const std::vector<int32_t> narrow(integers.begin(), integers.end());
  return ir::TensorData::of(std::span<const int32_t>(narrow));
}

Status check_size(const ops::TensorType& type, size_t size_bytes, std::string_view tensor) {
  const uint64_t wanted = static_cast<uint64_t>(type.shape.elements()) * dtype_bytes(type.dtype);
  if (wanted == size_bytes) return {};
  return error(Error::kMalformed, "tensor '{}' needs {} bytes of data, the file has {}", tensor, wanted, size_bytes);
}

void shift_to_signed(std::span<std::byte> data) {
  for (std::byte& value : data) value ^= std::byte{0x80};
}

void shift_to_signed(Quantization& quantization) {
  for (int32_t& zero_point : quantization.zero_points) zero_point -= 128;
}

}  // namespace tmc::frontend
