// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/shape_rules.hpp"

#include <algorithm>

namespace tmc::ops {

Status check_inputs(const InferInputs& in, size_t required, size_t most) {
  if (in.size() > most) return error(Error::kMalformed, "takes at most {} inputs, has {}", most, in.size());
  for (size_t i = 0; i < required; ++i) {
    if (!in.has(i)) return error(Error::kMalformed, "input {} is missing", i);
  }
  return {};
}

Status check_rank(const TensorType& type, int rank, const char* what) {
  if (type.shape.rank() == rank) return {};
  return error(Error::kUnsupportedShape, "{} has rank {}, expected {}", what, type.shape.rank(), rank);
}

Result<int> normalize_axis(int64_t axis, int rank) {
  const int64_t normal = axis < 0 ? axis + rank : axis;
  if (normal < 0 || normal >= rank)
    return error(Error::kMalformed, "axis {} is outside a tensor of rank {}", axis, rank);
  return static_cast<int>(normal);
}

Result<Shape> broadcast(const Shape& a, const Shape& b) {
  Shape out;
  const int rank = std::max(a.rank(), b.rank());
  for (int axis = 0; axis < rank; ++axis) {
    const int from_end = rank - 1 - axis;
    const int64_t extent_a = from_end < a.rank() ? a.back(from_end) : 1;
    const int64_t extent_b = from_end < b.rank() ? b.back(from_end) : 1;
    if (extent_a != extent_b && extent_a != 1 && extent_b != 1) {
      return error(Error::kMalformed, "extents {} and {} do not broadcast", extent_a, extent_b);
    }
    out.push_back(extent_a == 1 ? extent_b : extent_a);
  }
  return out;
}

Result<int64_t> window_output(int64_t input, const Window& window) {
  constexpr int64_t kLimit = int64_t{1} << 31;
  const auto in_range = [](int64_t value, int64_t least) { return value >= least && value < kLimit; };
  if (!in_range(input, 1) || !in_range(window.kernel, 1) || !in_range(window.stride, 1) ||
      !in_range(window.dilation, 1) || !in_range(window.pad_before, 0) || !in_range(window.pad_after, 0) ||
      window.kernel > kLimit / window.dilation) {
    return error(Error::kUnsupportedShape, "window (kernel {}, stride {}, dilation {}, pads {} and {}) over extent {}",
                 window.kernel, window.stride, window.dilation, window.pad_before, window.pad_after, input);
  }
  const int64_t room = input + window.pad_before + window.pad_after - ((window.kernel - 1) * window.dilation + 1);
  if (room < 0) {
    return error(Error::kUnsupportedShape, "kernel {} (dilation {}) is larger than the padded extent {}", window.kernel,
                 window.dilation, input + window.pad_before + window.pad_after);
  }
  return room / window.stride + 1;
}

Shape image_shape(Layout layout, int64_t batch, int64_t height, int64_t width, int64_t channels) {
  return layout == Layout::kNhwc ? Shape::of(batch, height, width, channels)
                                 : Shape::of(batch, channels, height, width);
}

Inferred same_as_first(const InferInputs& in, size_t inputs) {
  TMC_TRY(check_inputs(in, inputs, inputs));
  return std::vector<TensorType>{in[0]};
}

Result<Shape> reduced_shape(const InferInputs& in, const std::vector<int64_t>& axes, bool keep_dims) {
  TMC_TRY(check_inputs(in, 1, 1));
  const Shape& shape = in[0].shape;
  bool reduced[Shape::kMaxRank] = {};
  for (const int64_t axis : axes) {
    TMC_ASSIGN(const int normal, normalize_axis(axis, shape.rank()));
    reduced[normal] = true;
  }
  Shape out;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (!reduced[axis] || keep_dims) out.push_back(reduced[axis] ? 1 : shape[axis]);
  }
  return out;
}

Inferred broadcast_binary(const InferInputs& in) {
  TMC_TRY(check_inputs(in, 2, 2));
  if (in[0].dtype != in[1].dtype) {
    return error(Error::kUnsupportedType, "inputs have dtypes {} and {}", dtype_name(in[0].dtype),
                 dtype_name(in[1].dtype));
  }
  TMC_ASSIGN(const Shape shape, broadcast(in[0].shape, in[1].shape));
  return std::vector<TensorType>{{in[0].dtype, shape}};
}

}  // namespace tmc::ops
