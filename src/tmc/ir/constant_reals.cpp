// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/constant_reals.hpp"

#include "tmc/base/host/element.hpp"

namespace tmc::ir {
namespace {

// The index into scales and zero points of an element.
size_t channel_of(const Value& value, int64_t element) {
  if (!value.quantization.per_axis()) return 0;
  const Shape& shape = value.type.shape;
  const int axis = value.quantization.axis;
  return static_cast<size_t>(element / shape.elements(axis + 1, shape.rank()) % shape[axis]);
}

}  // namespace

std::vector<float> constant_reals(const Value& constant) {
  std::vector<float> reals(static_cast<size_t>(constant.type.shape.elements()));
  const size_t element_bytes = dtype_bytes(constant.type.dtype);
  for (size_t i = 0; i < reals.size(); ++i) {
    const double stored = load_element(constant.type.dtype, constant.data->bytes().data() + i * element_bytes);
    if (constant.quantization.empty()) {
      reals[i] = static_cast<float>(stored);
      continue;
    }
    const size_t channel = channel_of(constant, static_cast<int64_t>(i));
    reals[i] =
        static_cast<float>(stored - constant.quantization.zero_point(channel)) * constant.quantization.scale(channel);
  }
  return reals;
}

}  // namespace tmc::ir
