// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Tile {
  static constexpr const char* kName = "tile";
  static constexpr const char* kDoc = "The tensor repeated along each axis, so many times.";

  std::vector<int64_t> repeats;  // of each axis

  static constexpr auto fields() { return std::tuple{Field{"repeats", &Tile::repeats}}; }

  static Inferred infer(const Tile& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TensorType out = in[0];
    if (op.repeats.size() != static_cast<size_t>(out.shape.rank())) {
      return error(Error::kMalformed, "{} repeats for an input of rank {}", op.repeats.size(), out.shape.rank());
    }
    for (int axis = 0; axis < out.shape.rank(); ++axis) {
      const int64_t times = op.repeats[static_cast<size_t>(axis)];
      if (times < 1 || times > INT32_MAX / std::max<int64_t>(1, out.shape[axis]))
        return error(Error::kUnsupportedShape, "it repeats an axis {} times", times);
      out.shape[axis] *= times;
    }
    return std::vector<TensorType>{out};
  }
};

}  // namespace tmc::ops
