// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators whose indices are a tensor: what their shape rules share. Which indices there are is known at run time; one
// outside is clamped then.

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

// kMalformed where indices are neither i32 nor i64.
inline Status check_indices(const TensorType& indices) {
  if (indices.dtype == DType::kI32 || indices.dtype == DType::kI64) return {};
  return error(Error::kMalformed, "the indices are {}, not i32 or i64", dtype_name(indices.dtype));
}

// Of gather_elements and scatter_elements: the indices have as many axes as the data, and are no longer than it along
// other axes than that one. The axis, from 0 on.
inline Result<int> check_element_indices(int64_t given, const Shape& data, const TensorType& indices) {
  TMC_TRY(check_indices(indices));
  TMC_ASSIGN(const int axis, normalize_axis(given, data.rank()));
  if (indices.shape.rank() != data.rank()) {
    return error(Error::kMalformed, "the indices have rank {}, the data {}", indices.shape.rank(), data.rank());
  }
  for (int i = 0; i < data.rank(); ++i) {
    if (i == axis || indices.shape[i] <= data[i]) continue;
    return error(Error::kMalformed, "the indices have extent {} along axis {}, the data {}", indices.shape[i], i,
                 data[i]);
  }
  if (data[axis] < 1) return error(Error::kUnsupportedShape, "the data have no elements along axis {}", axis);
  return axis;
}

// Of gather_nd and scatter_nd: the shape that indices [batches..., rest..., n] reach in data, [batches..., rest...] and
// the axes of the data that are behind its n indexed ones.
inline Result<Shape> indexed_shape(int64_t batch_dims, const Shape& data, const TensorType& indices) {
  TMC_TRY(check_indices(indices));
  const int rank = indices.shape.rank();
  if (rank < 1) return error(Error::kMalformed, "the indices are a scalar");
  const int64_t count = indices.shape.back();
  if (batch_dims < 0 || batch_dims >= rank || count < 1 || count > data.rank() || batch_dims + count > data.rank()) {
    return error(Error::kMalformed, "{} axes of batches and {} of indices do not fit data of rank {}", batch_dims,
                 count, data.rank());
  }
  Shape shape;
  for (int i = 0; i + 1 < rank; ++i) {
    if (i < batch_dims && indices.shape[i] != data[i]) {
      return error(Error::kMalformed, "axis {} of the batches has extents {} and {}", i, data[i], indices.shape[i]);
    }
    shape.push_back(indices.shape[i]);
  }
  for (auto i = static_cast<int>(batch_dims); i < data.rank(); ++i) {
    if (i < batch_dims + count && data[i] < 1) return error(Error::kUnsupportedShape, "the data have no elements");
    if (i >= batch_dims + count && !shape.push_back(data[i])) {
      return error(Error::kUnsupportedShape, "the result has a rank above {}", Shape::kMaxRank);
    }
  }
  return shape;
}

// The shape rule of scatter_elements and scatter_nd, whose updates have a shape that is known.
inline Inferred infer_scatter(const InferInputs& in, const std::string& reduction, const Shape& updates) {
  if (reduction != "none" && reduction != "add" && reduction != "mul" && reduction != "min" && reduction != "max") {
    return error(Error::kMalformed, "there is no reduction '{}'", reduction);
  }
  if (in[2].dtype != in[0].dtype || in[2].shape != updates) {
    return error(Error::kMalformed, "the updates do not fit the data and the indices");
  }
  return std::vector<TensorType>{in[0]};
}

}  // namespace tmc::ops
