// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Slice {
  static constexpr const char* kName = "slice";
  static constexpr const char* kDoc =
      "A box cut out of a tensor. Input: [d0, d1, ...]. Output: [sizes[0], sizes[1], ...], where index i along axis a "
      "is "
      "index begins[a] + i * steps[a] of the input; steps are positive.";

  std::vector<int64_t> begins;
  std::vector<int64_t> sizes;
  std::vector<int64_t> steps;

  static constexpr auto fields() {
    return std::tuple{Field{"begins", &Slice::begins}, Field{"sizes", &Slice::sizes}, Field{"steps", &Slice::steps}};
  }

  static Inferred infer(const Slice& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    const Shape& shape = in[0].shape;
    const auto rank = static_cast<size_t>(shape.rank());
    if (op.begins.size() != rank || op.sizes.size() != rank || op.steps.size() != rank) {
      return error(Error::kMalformed, "{} begins, {} sizes and {} steps for rank {}", op.begins.size(), op.sizes.size(),
                   op.steps.size(), rank);
    }
    TensorType out{in[0].dtype, {}};
    for (size_t axis = 0; axis < rank; ++axis) {
      const int64_t extent = shape[static_cast<int>(axis)];
      const int64_t begin = op.begins[axis];
      const int64_t size = op.sizes[axis];
      const int64_t step = op.steps[axis];
      if (step < 0) {
        return error(Error::kUnsupportedOp, "it reads axis {} backward, in steps of {}; slices go forward", axis, step)
            .remedied_by("turn the data around outside of the model, or export it without the flip");
      }
      if (size < 1) {
        return error(Error::kUnsupportedShape, "it is empty: of axis {} it takes nothing; tensors have elements here",
                     axis)
            .remedied_by("remove it from the model: what joins it to something is the same without it");
      }
      if (begin < 0 || begin >= extent || step < 1 || size < 1 || size - 1 > (extent - 1 - begin) / step) {
        return error(Error::kUnsupportedShape, "{} elements from {} in steps of {} do not lie in extent {} of axis {}",
                     size, begin, step, extent, axis);
      }
      out.shape.push_back(size);
    }
    return std::vector<TensorType>{out};
  }
};

}  // namespace tmc::ops
