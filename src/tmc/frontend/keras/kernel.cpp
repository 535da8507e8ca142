// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/kernel.hpp"

namespace tmc::frontend::keras {

std::vector<float> permuted(const std::vector<float>& values, const Shape& shape, const std::vector<int>& perm) {
  std::vector<int64_t> strides, extents;
  for (const int axis : perm) {
    extents.push_back(shape[axis]);
    strides.push_back(shape.elements(axis + 1, shape.rank()));
  }
  std::vector<int64_t> at(perm.size(), 0);
  std::vector<float> result;
  result.reserve(values.size());
  int64_t from = 0;
  while (result.size() < values.size()) {
    result.push_back(values[static_cast<size_t>(from)]);
    for (size_t axis = perm.size(); axis-- > 0;) {
      from += strides[axis];
      if (++at[axis] < extents[axis]) break;
      from -= strides[axis] * extents[axis];
      at[axis] = 0;
    }
  }
  return result;
}

}  // namespace tmc::frontend::keras
