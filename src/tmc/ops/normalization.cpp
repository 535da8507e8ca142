// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/normalization.hpp"

namespace tmc::ops {

Inferred normalized_type(int32_t axis, const InferInputs& in, size_t most_inputs) {
  TMC_TRY(check_inputs(in, 1, most_inputs));
  const Shape& shape = in[0].shape;
  TMC_ASSIGN(const int first, normalize_axis(axis, shape.rank()));
  Shape row;
  for (int i = first; i < shape.rank(); ++i) row.push_back(shape[i]);
  for (size_t i = 1; i < most_inputs; ++i) {
    if (in.has(i) && in[i].shape != row) {
      return error(Error::kUnsupportedShape, "its input {} does not have the extents of the axes from {} on", i, first);
    }
  }
  return std::vector<TensorType>{in[0]};
}

NormalizedRows normalized_rows(int32_t axis, const Shape& shape) {
  const int first = axis < 0 ? axis + shape.rank() : axis;
  return {shape.elements(0, first), shape.elements(first, shape.rank())};
}

}  // namespace tmc::ops
