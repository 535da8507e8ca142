// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Slice {
  static constexpr const char* kName = "slice";
  static constexpr const char* kDoc =
      "A box cut out of a tensor. Input: [d0, d1, ...]. Output: [sizes[0], sizes[1], ...], where index i along axis a "
      "is index begins[a] + i * steps[a] of the input; steps may be negative.";

  std::vector<int64_t> begins;
  std::vector<int64_t> sizes;
  std::vector<int64_t> steps;

  static constexpr auto fields() {
    return std::tuple{Field{"begins", &Slice::begins}, Field{"sizes", &Slice::sizes}, Field{"steps", &Slice::steps}};
  }

  // Everything of a tensor of that shape, from which `read` takes less along an axis.
  static Slice whole(const Shape& shape) {
    const auto rank = static_cast<size_t>(shape.rank());
    return {std::vector<int64_t>(rank, 0), {shape.begin(), shape.end()}, std::vector<int64_t>(rank, 1)};
  }
  void read(int axis, int64_t begin, int64_t size, int64_t step = 1) {
    const auto at = static_cast<size_t>(axis);
    begins[at] = begin;
    sizes[at] = size;
    steps[at] = step;
  }

  static Result<IndexMap> map(const Slice& op, const InferInputs& in) {
    const Shape& shape = in[0].shape;
    const auto rank = static_cast<size_t>(shape.rank());
    if (op.begins.size() != rank || op.sizes.size() != rank || op.steps.size() != rank) {
      return error(Error::kMalformed, "{} begins, {} sizes and {} steps for rank {}", op.begins.size(), op.sizes.size(),
                   op.steps.size(), rank);
    }
    Shape out;
    std::vector<StridedAxis> axes;
    int64_t from = 0;
    for (size_t axis = 0; axis < rank; ++axis) {
      const int64_t extent = shape[static_cast<int>(axis)];
      const int64_t begin = op.begins[axis];
      const int64_t size = op.sizes[axis];
      const int64_t step = op.steps[axis];
      const bool is_step = step != 0 && step != INT64_MIN;
      const int64_t room = step < 0 ? begin : extent - 1 - begin;  // within which the last index lies
      const bool fits = is_step && begin >= 0 && begin < extent && size > 0 && size - 1 <= room / std::abs(step);
      if (!fits && size != 0) {
        return error(Error::kUnsupportedShape, "{} elements from {} in steps of {} do not lie in extent {} of axis {}",
                     size, begin, step, extent, axis);
      }
      const int64_t stride = shape.elements(static_cast<int>(axis) + 1, shape.rank());
      out.push_back(size);
      axes.push_back({size, size > 1 ? step * stride : 0});
      from += size > 0 ? begin * stride : 0;
    }
    IndexMap map = read_in_order(out, axes);
    map.boxes[0].from = from;
    return map;
  }
};

}  // namespace tmc::ops
