// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/permute.hpp"

#include <cstring>

namespace tmc::ir {

Permutation inverse(const Permutation& perm) {
  Permutation result(perm.size());
  for (size_t axis = 0; axis < perm.size(); ++axis)
    result[static_cast<size_t>(perm[axis])] = static_cast<int64_t>(axis);
  return result;
}

Permutation compose(const Permutation& first, const Permutation& second) {
  Permutation result;
  for (const int64_t axis : second) result.push_back(first[static_cast<size_t>(axis)]);
  return result;
}

bool is_identity(const Permutation& perm) {
  for (size_t axis = 0; axis < perm.size(); ++axis) {
    if (perm[axis] != static_cast<int64_t>(axis)) return false;
  }
  return true;
}

bool keeps_element_order(const Permutation& perm, const Shape& shape) {
  int64_t last = -1;
  for (const int64_t axis : perm) {
    if (shape[static_cast<int>(axis)] == 1) continue;
    if (axis < last) return false;
    last = axis;
  }
  return true;
}

Shape permute(const Shape& shape, const Permutation& perm) {
  Shape result;
  for (const int64_t axis : perm) result.push_back(shape[static_cast<int>(axis)]);
  return result;
}

Quantization permute(Quantization quantization, const Permutation& perm) {
  if (quantization.per_axis()) {
    quantization.axis = static_cast<int>(inverse(perm)[static_cast<size_t>(quantization.axis)]);
  }
  return quantization;
}

TensorData permute(const TensorData& data, const TensorType& type, const Permutation& perm) {
  const size_t rank = perm.size();
  const size_t element_bytes = dtype_bytes(type.dtype);
  const Shape out = permute(type.shape, perm);
  std::vector<size_t> step_bytes(rank);  // in the input, for one step along an output axis
  for (size_t axis = 0; axis < rank; ++axis) {
    const auto from = static_cast<int>(perm[axis]);
    step_bytes[axis] = static_cast<size_t>(type.shape.elements(from + 1, type.shape.rank())) * element_bytes;
  }
  std::vector<std::byte> bytes(data.size_bytes());
  std::vector<int64_t> index(rank);
  size_t from = 0;
  for (size_t to = 0; to < bytes.size(); to += element_bytes) {
    std::memcpy(bytes.data() + to, data.bytes().data() + from, element_bytes);
    for (size_t axis = rank; axis-- > 0;) {
      from += step_bytes[axis];
      if (++index[axis] < out[static_cast<int>(axis)]) break;
      from -= step_bytes[axis] * static_cast<size_t>(index[axis]);
      index[axis] = 0;
    }
  }
  return TensorData(std::move(bytes));
}

}  // namespace tmc::ir
