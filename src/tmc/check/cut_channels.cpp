// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/cut_channels.hpp"

namespace tmc::check {

NpyArray cut_channels(const NpyArray& array, int axis, const ir::RemovedWork::Cut& cut) {
  const Shape& shape = array.shape;
  if (axis >= shape.rank() || shape[axis] != cut.channels) return array;
  NpyArray left{array.dtype, shape, {}};
  left.shape[axis] = static_cast<int64_t>(cut.kept.size());
  const int64_t run = shape.elements(axis + 1, shape.rank()) * dtype_bytes(array.dtype);
  for (int64_t outer = 0; outer < shape.elements(0, axis); ++outer) {
    for (const int32_t channel : cut.kept) {
      const auto from = array.bytes.begin() + (outer * cut.channels + channel) * run;
      left.bytes.insert(left.bytes.end(), from, from + run);
    }
  }
  return left;
}

}  // namespace tmc::check
