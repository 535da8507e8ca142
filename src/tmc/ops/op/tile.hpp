// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Tile {
  static constexpr const char* kName = "tile";
  static constexpr const char* kDoc = "The tensor repeated along each axis, so many times.";
  static constexpr const char* kOnnx = "Tile";
  static constexpr const char* kTflite = "tile";

  std::vector<int64_t> repeats;  // of each axis

  static constexpr auto fields() {
    return std::tuple{Field{"repeats", &Tile::repeats, {.onnx_input = 1, .tflite_input = 1}}};
  }

  static Result<IndexMap> map(const Tile& op, const InferInputs& in) {
    Shape out = in[0].shape;
    if (op.repeats.size() != static_cast<size_t>(out.rank())) {
      return error(Error::kMalformed, "{} repeats for an input of rank {}", op.repeats.size(), out.rank());
    }
    std::vector<StridedAxis> axes;
    for (int axis = 0; axis < out.rank(); ++axis) {
      const int64_t times = op.repeats[static_cast<size_t>(axis)];
      if (times < 1 || times > INT32_MAX / std::max<int64_t>(1, out[axis]))
        return error(Error::kUnsupportedShape, "it repeats an axis {} times", times);
      axes.push_back({times, 0});
      axes.push_back({out[axis], in[0].shape.elements(axis + 1, out.rank())});
      out[axis] *= times;
    }
    return read_in_order(out, axes);
  }
};

}  // namespace tmc::ops
