// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/constants.hpp"

#include <cstring>

namespace tmc::frontend {

Status ConstantBudget::take(size_t bytes) {
  if (bytes > left_bytes_) return error(Error::kMalformed, "the model's constants take more than 1 GiB");
  left_bytes_ -= bytes;
  left_elements_ += bytes * kElementsAByte;
  return {};
}

Status ConstantBudget::take_computed(const ops::TensorType& type) {
  const auto elements = static_cast<size_t>(type.shape.elements());
  const size_t bytes = elements * dtype_bytes(type.dtype);
  if (elements > left_elements_ || bytes > left_bytes_) {
    return error(Error::kUnsupportedShape,
                 "it makes a constant of {} elements, more than {} and {} a byte of the file's constants in all", elements,
                 kFreeElements, kElementsAByte)
        .remedied_by("store the constant in the file instead of computing it from smaller ones");
  }
  left_bytes_ -= bytes;
  left_elements_ -= elements;
  return {};
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

std::vector<std::byte> transpose(std::span<const std::byte> data, const ops::TensorType& type,
                                 std::span<const int64_t> perm) {
  const Shape& shape = type.shape;
  const int rank = shape.rank();
  const size_t element_bytes = dtype_bytes(type.dtype);
  int64_t extents[Shape::kMaxRank];
  int64_t strides[Shape::kMaxRank];  // in the input, of the output's axes
  for (int axis = 0; axis < rank; ++axis) {
    const auto from = static_cast<int>(perm[static_cast<size_t>(axis)]);
    extents[axis] = shape[from];
    strides[axis] = shape.elements(from + 1, rank);
  }
  std::vector<std::byte> out(data.size());
  int64_t position[Shape::kMaxRank] = {};
  int64_t source = 0;
  for (size_t at = 0; at < out.size(); at += element_bytes) {
    std::memcpy(&out[at], &data[static_cast<size_t>(source) * element_bytes], element_bytes);
    for (int axis = rank - 1; axis >= 0; --axis) {
      source += strides[axis];
      if (++position[axis] < extents[axis]) break;
      source -= extents[axis] * strides[axis];
      position[axis] = 0;
    }
  }
  return out;
}

}  // namespace tmc::frontend
