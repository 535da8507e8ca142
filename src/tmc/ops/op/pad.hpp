// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Pad {
  static constexpr const char* kName = "pad";
  static constexpr const char* kDoc =
      "Surrounds a tensor with a constant. Input: rank r. pads: r counts before each axis, then r counts "
      "after. value: the real that fills; a quantised tensor is filled with the integer that stands for it.";

  std::vector<int64_t> pads;
  double value = 0;

  static constexpr auto fields() { return std::tuple{Field{"pads", &Pad::pads}, Field{"value", &Pad::value}}; }

  static Result<IndexMap> map(const Pad& op, const InferInputs& in) {
    Shape out = in[0].shape;
    const auto rank = static_cast<size_t>(out.rank());
    if (op.pads.size() != 2 * rank) return error(Error::kMalformed, "{} pads for rank {}", op.pads.size(), rank);
    constexpr int64_t kLimit = int64_t{1} << 31;
    std::vector<std::vector<IndexRun>> axes;
    for (size_t axis = 0; axis < rank; ++axis) {
      const int64_t before = op.pads[axis];
      const int64_t after = op.pads[axis + rank];
      if (before < 0 || after < 0 || before > kLimit || after > kLimit) {
        return error(Error::kUnsupportedShape, "pads {} and {} of axis {} are out of range", before, after, axis);
      }
      int64_t& extent = out[static_cast<int>(axis)];
      axes.push_back({{before, 0, {{extent, 1}}}});
      extent += before + after;
    }
    return read_by_axis(in[0].shape, out, axes);
  }
};

}  // namespace tmc::ops
