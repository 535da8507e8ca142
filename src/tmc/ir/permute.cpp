// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/permute.hpp"

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
  return ops::permuting(shape, perm).shape;
}

Quantization permute(Quantization quantization, const Permutation& perm) {
  if (quantization.per_axis()) {
    quantization.axis = static_cast<int>(inverse(perm)[static_cast<size_t>(quantization.axis)]);
  }
  return quantization;
}

TensorData permute(const TensorData& data, const TensorType& type, const Permutation& perm) {
  const std::span<const std::byte> inputs[] = {data.bytes()};
  return TensorData(ops::moved(ops::permuting(type.shape, perm), inputs, dtype_bytes(type.dtype)));
}

}  // namespace tmc::ir
